import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends the lines of a file with acks=all and prints "LINE OFFSET" for each as soon as it is acknowledged. */
final class Acked {
    private Acked() {}

    static void run(String bootstrap, String topic, Path file) throws Exception {
        Map<String, Object> settings = Map.of("delivery.timeout.ms", 120_000, "request.timeout.ms", 10_000,
            "reconnect.backoff.max.ms", 200, "max.block.ms", 120_000, "batch.size", 4096, "linger.ms", 0);
        AtomicInteger failed = new AtomicInteger();
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(bootstrap, settings);
            BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int index = number++;
                producer.send(new ProducerRecord<>(topic, 0, null, Rows.utf8(line)), (metadata, error) -> {
                    if (error == null) {
                        System.out.println(index + " " + metadata.offset());
                    } else {
                        failed.incrementAndGet();
                        System.err.println("line " + index + " was not acknowledged: " + error);
                    }
                });
            }
        }
        System.out.flush();
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " records were not acknowledged");
        }
    }
}
