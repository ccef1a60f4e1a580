package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.util.List;

/** The command line with canned answers, as a process of its own. */
public final class CannedCli {
    private CannedCli() {}

    /** As {@link GatewayCli#main}. */
    public static void main(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, UTF_8);
        System.exit(GatewayCli.run(List.of(new CannedProvider()), out, err, args));
    }
}
