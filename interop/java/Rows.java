import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** The lines that records are given and handed back in: fields in hexadecimal, "-" for null. */
final class Rows {
    private static final HexFormat HEX = HexFormat.of();

    private Rows() {}

    /** The record that a line of three fields stands for. */
    static ProducerRecord<byte[], byte[]> record(String topic, String line) {
        String[] fields = line.split("\t", -1);
        List<Header> headers = new ArrayList<>();
        if (!fields[1].isEmpty()) {
            for (String header : fields[1].split(",")) {
                int equals = header.indexOf('=');
                headers.add(new RecordHeader(header.substring(0, equals), bytes(header.substring(equals + 1))));
            }
        }
        return new ProducerRecord<>(topic, null, null, bytes(fields[0]), bytes(fields[2]), headers);
    }

    /** Partition, offset, key, headers and value of a record. */
    static String line(ConsumerRecord<byte[], byte[]> record) {
        return line(record.partition(), record.offset(), record.key(), record.headers(), record.value());
    }

    static String line(int partition, long offset, byte[] key, Iterable<Header> headers, byte[] value) {
        String shown = StreamSupport.stream(headers.spliterator(), false)
            .map(header -> header.key() + "=" + hex(header.value()))
            .collect(Collectors.joining(","));
        return partition + "\t" + offset + "\t" + hex(key) + "\t" + shown + "\t" + hex(value);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return bytes == null ? "-" : HEX.formatHex(bytes);
    }

    private static byte[] bytes(String hex) {
        return hex.equals("-") ? null : HEX.parseHex(hex);
    }
}
