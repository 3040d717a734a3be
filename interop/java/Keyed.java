import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A compacted topic of records of 1 KB whose keys come twice each, in no order: half of the records are superseded. */
final class Keyed {
    private static final int VALUE = 1000;

    private Keyed() {}

    static void run(String bootstrap, String topic, int count, String codec) throws Exception {
        try (Admin admin = Clients.admin(bootstrap)) {
            Clients.createTopic(admin, topic, 1, Map.of("cleanup.policy", "compact", "segment.bytes", "134217728"));
        }
        Random random = new Random(7);
        int[] keys = shuffled(count, random);
        AtomicInteger failed = new AtomicInteger();
        Map<String, Object> settings = Map.of("compression.type", codec, "linger.ms", 50);
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(bootstrap, settings)) {
            for (int key : keys) {
                byte[] value = new byte[VALUE];
                random.nextBytes(value);
                // three quarters of it can be compressed
                Arrays.fill(value, VALUE / 4, VALUE, (byte) '.');
                byte[] name = Rows.utf8(String.format("key-%012d", key));
                producer.send(new ProducerRecord<>(topic, 0, name, value), (metadata, error) -> {
                    if (error != null) {
                        failed.incrementAndGet();
                    }
                });
            }
        }
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " records were not acknowledged");
        }
    }

    private static int[] shuffled(int count, Random random) {
        int[] keys = new int[count];
        for (int index = 0; index < count; index++) {
            int place = random.nextInt(index + 1);
            keys[index] = keys[place];
            keys[place] = index / 2;
        }
        return keys;
    }
}
