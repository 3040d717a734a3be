import java.nio.file.Path;
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
    private static final Map<String, String> SMALL = Map.of("segment.bytes", "1048576", "index.interval.bytes", "512",
        "retention.ms", "-1");
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "lz4", "zstd");
    private static final String PLAIN = "fill-plain-producer";
    private static final String COMPACT = "fill-compact";
    private static final String TRANSACTIONAL = "fill-transactional";
    private static final String BOTH = "fill-compact-transactional";
    /** More than a segment holds, so that all before is in a closed one. */
    private static final int PUSHED_OUT = 1600;

    private final String bootstrap;
    private final int count;
    private final boolean transactions;
    private final Ledger ledger;

    private Fill(String bootstrap, int count, boolean transactions, Ledger ledger) {
        this.bootstrap = bootstrap;
        this.count = count;
        this.transactions = transactions;
        this.ledger = ledger;
    }

    /** Arguments: bootstrap, count, file of the ledger, and whether the broker coordinates transactions. */
    static void run(List<String> args) throws Exception {
        try (Ledger ledger = new Ledger(Path.of(args.get(2)))) {
            of(args, ledger).fill();
        }
    }

    /** More records to the topics that {@link #run} made, and a newer commit of a group that it left half way. */
    static void append(List<String> args) throws Exception {
        try (Ledger ledger = new Ledger(Path.of(args.get(2)))) {
            of(args, ledger).append();
        }
    }

    private static Fill of(List<String> args, Ledger ledger) {
        return new Fill(args.get(0), Integer.parseInt(args.get(1)), Boolean.parseBoolean(args.get(3)), ledger);
    }

    private void fill() throws Exception {
        Random random = new Random(7);
        try (Admin admin = Clients.admin(bootstrap)) {
            for (String codec : CODECS) {
                String topic = "fill-" + codec;
                Clients.createTopic(admin, topic, 2, SMALL);
                send(topic, count, random, Map.of("compression.type", codec));
            }
            Clients.createTopic(admin, PLAIN, 1, SMALL);
            send(PLAIN, count, random, Map.of("enable.idempotence", false, "acks", "1"));
            Clients.createTopic(admin, "fill-append-time", 1, with("message.timestamp.type", "LogAppendTime"));
            send("fill-append-time", count, random, Map.of("compression.type", "lz4"));
            Clients.createTopic(admin, "fill-recompressed", 1, with("compression.type", "zstd"));
            send("fill-recompressed", count, random, Map.of("compression.type", "gzip"));
            Map<String, String> compact = new HashMap<>(with("cleanup.policy", "compact"));
            compact.put("min.cleanable.dirty.ratio", "0.01");
            Clients.createTopic(admin, COMPACT, 1, compact);
            send(COMPACT, 2 * count, random, Map.of("compression.type", "snappy"));
            pushOut(COMPACT);
            Clients.createTopic(admin, TRANSACTIONAL, 1, SMALL);
            Clients.createTopic(admin, BOTH, 1, compact);
            Clients.createTopic(admin, "fill-empty", 3, Map.of());
            if (transactions) {
                transact(admin);
                pushOut(BOTH);
            }
        }
        commit("fill-group-half", "fill-none", count / 4);
        commit("fill-group-all", "fill-zstd", count);
    }

    private void append() throws Exception {
        for (String codec : CODECS) {
            send("fill-" + codec, count / 4, new Random(8), Map.of("compression.type", codec));
        }
        send(PLAIN, count / 4, new Random(8), Map.of("enable.idempotence", false));
        send("fill-append-time", count / 4, new Random(8), Map.of("compression.type", "lz4"));
        send("fill-recompressed", count / 4, new Random(8), Map.of("compression.type", "gzip"));
        send(COMPACT, count / 4, new Random(9), Map.of("compression.type", "zstd"));
        pushOut(COMPACT);
        if (transactions) {
            try (Admin admin = Clients.admin(bootstrap)) {
                Transactions.abortOpen(bootstrap, admin, TRANSACTIONAL, ledger);
                transact(admin);
            }
        } else {
            send(TRANSACTIONAL, count / 4, new Random(10), Map.of());
            send(BOTH, count / 4, new Random(11), Map.of());
        }
        pushOut(BOTH);
        commit("fill-group-half", "fill-none", count / 4);
    }

    private void transact(Admin admin) throws Exception {
        Transactions.run(bootstrap, count, TRANSACTIONAL, ledger);
        Transactions.leaveOpen(bootstrap, count / 40, TRANSACTIONAL, ledger);
        Transactions.run(bootstrap, count / 10, TRANSACTIONAL, ledger);
        Transactions.run(bootstrap, count, BOTH, ledger);
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(SMALL);
        settings.put(key, value);
        return settings;
    }

    private void send(String topic, int records, Random random, Map<String, Object> settings) throws Exception {
        send(settings, records(topic, 0, records, count / 20, random));
    }

    private void send(Map<String, Object> settings, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(bootstrap, settings)) {
            ledger.sent("plain", records, Clients.sendAll(producer, records));
        }
    }

    /** Records with few keys, some of them null, some values null, one or two headers. */
    static List<ProducerRecord<byte[], byte[]>> records(String topic, int from, int count, int keys, Random random) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        boolean compact = topic.contains("compact");
        for (int index = from; index < from + count; index++) {
            byte[] key = !compact && index % 50 == 0 ? null : Rows.utf8("key-" + random.nextInt(keys));
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
        return records;
    }

    /** Records that supersede none but those that an earlier call wrote. */
    private void pushOut(String topic) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int index = 0; index < PUSHED_OUT; index++) {
            records.add(new ProducerRecord<>(topic, Rows.utf8("push-" + index), new byte[1400]));
        }
        send(Map.of(), records);
    }

    private void commit(String group, String topic, int atLeast) {
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
