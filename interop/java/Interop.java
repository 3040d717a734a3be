import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The Java side of the interop suite: one program, a command for each thing a scenario asks of the official client. */
public final class Interop {
    private Interop() {}

    public static void main(String[] args) throws Exception {
        List<String> rest = Arrays.asList(args).subList(1, args.length);
        switch (args[0]) {
            case "before", "after" -> RoundTrip.run(args[0], rest.get(0), Path.of(rest.get(1)), rest.get(2),
                Integer.parseInt(rest.get(3)), rest.subList(4, rest.size()));
            case "fill" -> Fill.run(rest);
            case "append" -> Fill.append(rest);
            case "sequence" -> Sequence.run(rest.get(0), Integer.parseInt(rest.get(1)), Path.of(rest.get(2)));
            case "read" -> Read.run(rest.get(0), Path.of(rest.get(1)));
            case "versions" -> Versions.run(rest.get(0), Path.of(rest.get(1)));
            case "keyed" -> Keyed.run(rest.get(0), rest.get(1), Integer.parseInt(rest.get(2)), rest.get(3));
            case "acked" -> Acked.run(rest.get(0), rest.get(1), Path.of(rest.get(2)));
            default -> throw new IllegalArgumentException(args[0]);
        }
        // no client thread may hold the program back
        System.exit(0);
    }
}
