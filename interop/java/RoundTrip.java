import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;

/** The round trip of the interop suite through the official Java client: see interop/README.md. */
final class RoundTrip {
    private RoundTrip() {}

    static void run(String phase, String bootstrap, Path dir, String prefix, int partitions, List<String> targets)
        throws Exception {
        for (String target : targets) {
            String codec = target.substring(0, target.indexOf('='));
            int count = Integer.parseInt(target.substring(codec.length() + 1));
            String topic = prefix + "-" + codec;
            boolean before = phase.equals("before");
            if (before) {
                try (Admin admin = Clients.admin(bootstrap)) {
                    Clients.createTopic(admin, topic, partitions, Map.of());
                }
            }
            try (Members members = new Members(bootstrap, topic, dir.resolve(codec + "." + phase), count)) {
                if (before) {
                    members.awaitAssignments();
                    produce(bootstrap, topic, codec, Files.readAllLines(dir.resolve(codec + ".input")));
                }
                members.consume();
            }
        }
    }

    private static void produce(String bootstrap, String topic, String codec, List<String> input) throws Exception {
        Map<String, Object> settings = Map.of("compression.type", codec, "linger.ms", 5);
        try (KafkaProducer<byte[], byte[]> producer = Clients.producer(bootstrap, settings)) {
            Clients.sendAll(producer, input.stream().map(line -> Rows.record(topic, line)).toList());
        }
    }
}
