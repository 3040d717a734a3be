import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * One idempotent producer that lives on while brokers come and go: its id, epoch and sequence are in no client but
 * here. Alone in its topic, so that sequence numbers are offsets.
 */
final class Sequence {
    private static final String TOPIC = "fill-sequence";
    private static final int BATCH = 3;
    private static final int BATCHES = 7;
    private static final short VERSION = 9;
    private static final short EPOCH = 3;
    private static final long PRODUCER = 4242;

    private Sequence() {}

    /** Goes on at {@code next}, after what may not be taken was refused and what was there already was recognised. */
    static void run(String bootstrap, int next, Path out) throws Exception {
        if (next == 0) {
            try (Admin admin = Clients.admin(bootstrap)) {
                Clients.createTopic(admin, TOPIC, 1, Map.of("retention.ms", "-1"));
            }
        }
        try (Wire wire = new Wire(bootstrap); Ledger ledger = new Ledger(out)) {
            if (next > 0) {
                expect(next - BATCH, Errors.NONE, produce(wire, EPOCH, next - BATCH));
                expect(-1, Errors.OUT_OF_ORDER_SEQUENCE_NUMBER, produce(wire, EPOCH, next + BATCH));
                expect(-1, Errors.INVALID_PRODUCER_EPOCH, produce(wire, (short) (EPOCH - 1), next));
            }
            for (int sequence = next; sequence < next + BATCH * BATCHES; sequence += BATCH) {
                expect(sequence, Errors.NONE, produce(wire, EPOCH, sequence));
                for (int index = sequence; index < sequence + BATCH; index++) {
                    ledger.sent("plain", TOPIC, Rows.line(0, index, null, List.of(), value(index)));
                }
            }
        }
    }

    private static ProduceResponseData.PartitionProduceResponse produce(Wire wire, short epoch, int sequence)
        throws Exception {
        List<SimpleRecord> records = new ArrayList<>();
        for (int index = sequence; index < sequence + BATCH; index++) {
            records.add(new SimpleRecord(System.currentTimeMillis(), null, value(index)));
        }
        ProduceRequestData request = new ProduceRequestData().setAcks((short) -1).setTimeoutMs(10_000);
        ProduceRequestData.TopicProduceData topic = new ProduceRequestData.TopicProduceData().setName(TOPIC);
        topic.partitionData().add(new ProduceRequestData.PartitionProduceData().setIndex(0)
            .setRecords(MemoryRecords.withIdempotentRecords(Compression.NONE, PRODUCER, epoch, sequence,
                records.toArray(SimpleRecord[]::new))));
        request.topicData().add(topic);
        ProduceResponseData response = (ProduceResponseData) wire.send(ApiKeys.PRODUCE, VERSION, request);
        return response.responses().iterator().next().partitionResponses().get(0);
    }

    private static void expect(long offset, Errors error, ProduceResponseData.PartitionProduceResponse answer) {
        if (answer.errorCode() != error.code() || answer.baseOffset() != offset) {
            throw new IllegalStateException("instead of " + error + " at " + offset + " the answer is " + answer);
        }
    }

    private static byte[] value(int index) {
        return Rows.utf8("record " + index);
    }
}
