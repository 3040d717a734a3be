import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Writes down everything that a client can see of a broker's data: records, offsets, leader epochs, commits. */
final class Read {
    private Read() {}

    static void run(String bootstrap, Path out) throws Exception {
        try (Admin admin = Clients.admin(bootstrap);
            KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(bootstrap, Map.of("check.crcs", true));
            KafkaConsumer<byte[], byte[]> committed = Clients.consumer(bootstrap,
                Map.of("check.crcs", true, "isolation.level", "read_committed"));
            PrintWriter lines = new PrintWriter(Files.newBufferedWriter(out))) {
            for (String topic : new TreeSet<>(admin.listTopics().names().get())) {
                List<TopicPartition> partitions = new ArrayList<>(consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .sorted(Comparator.comparingInt(TopicPartition::partition)).toList());
                for (TopicPartition partition : partitions) {
                    read(consumer, "record", partition, lines);
                    if (topic.contains("transactional")) {
                        read(committed, "committed", partition, lines);
                    }
                }
            }
            commits(admin, lines);
        }
    }

    private static void read(KafkaConsumer<byte[], byte[]> consumer, String what, TopicPartition partition,
        PrintWriter lines) {
        List<TopicPartition> one = List.of(partition);
        long start = consumer.beginningOffsets(one).get(partition);
        long end = consumer.endOffsets(one).get(partition);
        lines.println("range\t" + partition.topic() + "\t" + partition.partition() + "\t" + what + "\t" + start + "\t"
            + end);
        consumer.assign(one);
        consumer.seekToBeginning(one);
        long middle = -1;
        int idle = 0;
        while (consumer.position(partition) < end) {
            var records = consumer.poll(Duration.ofMillis(100));
            idle = records.isEmpty() ? idle + 1 : 0;
            if (idle > 300) {
                throw new IllegalStateException(partition + ": nothing after " + consumer.position(partition));
            }
            for (ConsumerRecord<byte[], byte[]> record : records) {
                lines.println(what + "\t" + record.topic() + "\t" + record.timestampType() + "\t" + record.timestamp()
                    + "\t" + record.leaderEpoch().orElse(-1) + "\t" + Rows.line(record));
                middle = record.offset() < end / 2 ? record.timestamp() : middle;
            }
        }
        if (middle >= 0) {
            OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(partition, middle)).get(partition);
            lines.println("time\t" + partition.topic() + "\t" + partition.partition() + "\t" + middle + "\t"
                + found.offset() + "\t" + found.timestamp());
        }
    }

    private static void commits(Admin admin, PrintWriter lines) throws Exception {
        for (String group : new TreeSet<>(admin.listGroups().all().get().stream().map(GroupListing::groupId).toList())) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            Map<String, String> sorted = new TreeMap<>();
            committed.forEach((partition, offset) -> sorted.put(partition.toString(),
                offset.offset() + "\t" + offset.leaderEpoch().orElse(-1) + "\t" + offset.metadata()));
            sorted.forEach((partition, offset) -> lines.println("commit\t" + group + "\t" + partition + "\t" + offset));
        }
    }
}
