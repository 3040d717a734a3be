import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** The two members of one group and the file of what they receive. */
final class Members implements AutoCloseable {
    /** Empty polls in a row after which nothing more is expected. */
    private static final int PATIENCE_POLLS = 300;
    private static final Duration POLL = Duration.ofMillis(100);

    private final List<KafkaConsumer<byte[], byte[]>> members = new ArrayList<>();
    private final PrintWriter out;
    private final int target;
    private int received;

    Members(String bootstrap, String topic, Path out, int target) throws IOException {
        this.out = new PrintWriter(Files.newBufferedWriter(out));
        this.target = target;
        Map<String, Object> settings = Map.of("group.id", topic,
            "max.poll.records", Math.min(1000, target / 8 + 1), "heartbeat.interval.ms", 300);
        for (int number = 0; number < 2; number++) {
            KafkaConsumer<byte[], byte[]> member = Clients.consumer(bootstrap, settings);
            member.subscribe(List.of(topic));
            members.add(member);
        }
    }

    /** Polls until both members have partitions. */
    void awaitAssignments() {
        for (int polls = 0; !allAssigned(); polls++) {
            if (polls > PATIENCE_POLLS) {
                throw new IllegalStateException("the two members got no partitions");
            }
            pollEach();
        }
    }

    /** Receives until the target is reached and both members have partitions, and commits them. */
    void consume() {
        int idle = 0;
        while (received < target || !allAssigned()) {
            idle = pollEach() == 0 ? idle + 1 : 0;
            if (idle > PATIENCE_POLLS) {
                throw new IllegalStateException(received + " of " + target + " records arrived");
            }
        }
    }

    private boolean allAssigned() {
        return members.stream().noneMatch(member -> member.assignment().isEmpty());
    }

    private int pollEach() {
        int count = 0;
        for (int number = 0; number < members.size(); number++) {
            ConsumerRecords<byte[], byte[]> records = members.get(number).poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                out.println(number + "\t" + Rows.line(record));
            }
            if (!records.isEmpty()) {
                members.get(number).commitSync();
            }
            count += records.count();
        }
        received += count;
        return count;
    }

    @Override
    public void close() {
        members.forEach(KafkaConsumer::close);
        out.close();
    }
}
