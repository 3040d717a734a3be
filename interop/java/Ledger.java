import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Writes down what was sent, where it went, and what became of its transaction. */
final class Ledger implements AutoCloseable {
    private final PrintWriter lines;

    Ledger(Path out) throws IOException {
        lines = new PrintWriter(Files.newBufferedWriter(out));
    }

    /** Outcome is plain, committed, aborted, or open for a transaction that was not ended. */
    void sent(String outcome, List<ProducerRecord<byte[], byte[]>> records, List<RecordMetadata> places) {
        for (int index = 0; index < records.size(); index++) {
            ProducerRecord<byte[], byte[]> record = records.get(index);
            RecordMetadata place = places.get(index);
            sent(outcome, record.topic(), Rows.line(place.partition(), place.offset(), record.key(), record.headers(),
                record.value()));
        }
    }

    void sent(String outcome, String topic, String row) {
        lines.println("sent\t" + topic + "\t" + outcome + "\t" + row);
    }

    /** What was open in this topic is aborted now. */
    void aborted(String topic) {
        lines.println("aborted\t" + topic);
    }

    @Override
    public void close() {
        lines.close();
    }
}
