import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** Transactions on partition 0 of a topic, through the official producer and a broker that coordinates them. */
final class Transactions {
    private static final int BATCH = 20;

    private Transactions() {}

    /** Transactions of two producers at a time, every third of them aborted, and records without one in between. */
    static void run(String bootstrap, int count, String topic, Ledger ledger) throws Exception {
        Random random = new Random(count);
        try (KafkaProducer<byte[], byte[]> left = producer(bootstrap, topic + "-left", "lz4");
            KafkaProducer<byte[], byte[]> right = producer(bootstrap, topic + "-right", "none");
            KafkaProducer<byte[], byte[]> plain = Clients.producer(bootstrap, Map.of())) {
            left.initTransactions();
            right.initTransactions();
            for (int from = 0; from < count; from += 2 * BATCH) {
                int round = from / (2 * BATCH);
                Open first = begin(left, Fill.records(topic, from, BATCH, count / 20, random));
                Open second = begin(right, Fill.records(topic, from + BATCH, BATCH, count / 20, random));
                if (round % 5 == 0) {
                    List<ProducerRecord<byte[], byte[]>> between = Fill.records(topic, from, 2, count / 20, random);
                    ledger.sent("plain", between, Clients.sendAll(plain, between));
                }
                second.end(right, round % 3 != 1, ledger);
                first.end(left, round % 3 != 0, ledger);
            }
        }
    }

    /** A transaction that nobody ends: its producer is gone. */
    static void leaveOpen(String bootstrap, int count, String topic, Ledger ledger) throws Exception {
        KafkaProducer<byte[], byte[]> producer = producer(bootstrap, topic + "-open", "gzip");
        producer.initTransactions();
        Open open = begin(producer, Fill.records(topic, 0, count, count, new Random(count)));
        ledger.sent("open", open.records, open.places);
        // with a longer time it would be aborted first
        producer.close(Duration.ZERO);
    }

    /** Aborts what is open: through its producer's id if the coordinator knows it, as an administrator if not. */
    static void abortOpen(String bootstrap, Admin admin, String topic, Ledger ledger) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap, topic + "-open", "none")) {
            producer.initTransactions();
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        for (ProducerState state : admin.describeProducers(List.of(partition)).all().get().get(partition).activeProducers()) {
            if (state.currentTransactionStartOffset().isPresent()) {
                admin.abortTransaction(new AbortTransactionSpec(partition, state.producerId(),
                    (short) state.producerEpoch(), Math.max(0, state.coordinatorEpoch().orElse(0)))).all().get();
            }
        }
        ledger.aborted(topic);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrap, String id, String codec) {
        return Clients.producer(bootstrap, Map.of("transactional.id", id, "compression.type", codec,
            "transaction.timeout.ms", 900_000));
    }

    private static Open begin(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records)
        throws Exception {
        producer.beginTransaction();
        return new Open(records, new ArrayList<>(Clients.sendAll(producer, records)));
    }

    private record Open(List<ProducerRecord<byte[], byte[]>> records, List<RecordMetadata> places) {
        void end(KafkaProducer<byte[], byte[]> producer, boolean commit, Ledger ledger) {
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
            ledger.sent(commit ? "committed" : "aborted", records, places);
        }
    }
}
