import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Fills a broker with one topic of each sort that a log directory may hold, and commits offsets of two groups. */
final class Fill {
    private static final Map<String, String> SMALL = Map.of("segment.bytes", "1048576", "index.interval.bytes", "512");
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");

    private Fill() {}

    static void run(String bootstrap, int count) throws Exception {
        Random random = new Random(7);
        try (Admin admin = Clients.admin(bootstrap)) {
            for (String codec : CODECS) {
                String topic = "fill-" + codec;
                Clients.createTopic(admin, topic, 2, SMALL);
                send(bootstrap, topic, count, random, Map.of("compression.type", codec));
            }
            Clients.createTopic(admin, "fill-plain-producer", 1, SMALL);
            send(bootstrap, "fill-plain-producer", count, random, Map.of("enable.idempotence", false, "acks", "1"));
            Clients.createTopic(admin, "fill-append-time", 1, with("message.timestamp.type", "LogAppendTime"));
            send(bootstrap, "fill-append-time", count, random, Map.of("compression.type", "lz4"));
            Clients.createTopic(admin, "fill-recompressed", 1, with("compression.type", "zstd"));
            send(bootstrap, "fill-recompressed", count, random, Map.of("compression.type", "gzip"));
            Map<String, String> compact = new HashMap<>(with("cleanup.policy", "compact"));
            compact.put("min.cleanable.dirty.ratio", "0.01");
            Clients.createTopic(admin, "fill-compact", 1, compact);
            send(bootstrap, "fill-compact", 2 * count, random, Map.of("compression.type", "snappy"));
            Clients.createTopic(admin, "fill-empty", 3, Map.of());
        }
        commit(bootstrap, "fill-group-half", "fill-none", count / 4);
        commit(bootstrap, "fill-group-all", "fill-zstd", count);
    }

    /** More records to topics that {@link #run} made, and a newer commit of a group that it left half way. */
    static void append(String bootstrap, int count) throws Exception {
        for (String codec : CODECS) {
            send(bootstrap, "fill-" + codec, count / 4, new Random(8), Map.of("compression.type", codec));
        }
        send(bootstrap, "fill-compact", count / 4, new Random(9), Map.of());
        commit(bootstrap, "fill-group-half", "fill-none", count / 4);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put(key, value);
        return settings;
    }

    /** Records with few keys, some of them null, some values null, one or two headers. */
    private static void send(String bootstrap, String topic, int count, Random random, Map<String, Object> settings)
        throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        boolean compact = topic.equals("fill-compact");
        for (int index = 0; index < count; index++) {
            byte[] key = !compact && index % 50 == 0 ? null : Rows.utf8("key-" + random.nextInt(count / 20));
            byte[] value = null;
            if (index % 40 != 0) {
                value = new byte[random.nextInt(1500)];
                random.nextBytes(value);
            }
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
            record.headers().add("index", Rows.utf8(Integer.toString(index)));
            if (index % 3 == 0) {
                record.headers().add("third", null);
            }
            records.add(record);
        }
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(bootstrap, settings)) {
            Clients.sendAll(producer, records);
        }
    }

    private static void commit(String bootstrap, String group, String topic, int atLeast) {
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(bootstrap, Map.of("group.id", group))) {
            consumer.subscribe(List.of(topic));
            int seen = 0;
            for (int polls = 0; seen < atLeast; polls++) {
                if (polls > 300) {
                    throw new IllegalStateException(group + ": " + seen + " of " + atLeast + " records arrived");
                }
                seen += consumer.poll(Duration.ofMillis(100)).count();
            }
            consumer.commitSync();
            for (TopicPartition partition : consumer.assignment()) {
                System.out.println(group + "\t" + partition + "\t" + consumer.position(partition));
            }
        }
    }
}
