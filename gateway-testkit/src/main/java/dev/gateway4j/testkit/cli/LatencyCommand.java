package dev.gateway4j.testkit.cli;

import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.simulator.FittedLatency;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code latency fit}: a latency profile from recorded calls. */
@Command(
        name = "latency",
        description = "Works on latency profiles.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class LatencyCommand {
    private final PrintWriter out;
    private final PrintWriter err;

    LatencyCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Command(
            name = "fit",
            description = {
                "Prints the profile that explains recorded calls best, for --latency file:FILE#NAME.",
                "Each line of FILE is an object with total_ms, output_tokens and, for streams, ttft_ms;",
                "or FILE is a cassette, or a directory of them."
            },
            mixinStandardHelpOptions = true)
    int fit(
            @Parameters(paramLabel = "FILE", description = "Recorded calls, JSON lines or cassettes; eight or more.")
                    Path file,
            @Option(
                            names = "--name",
                            paramLabel = "N",
                            defaultValue = "fitted",
                            description = "Name of the profile. Default: fitted.")
                    String name) {
        try {
            FittedLatency fit = FittedLatency.of(name, CassetteCalls.covers(file) ? CassetteCalls.file(file) : file);
            out.println("# " + FittedLatency.COLUMNS);
            out.println(fit.line());
            out.println(String.format(
                    Locale.ROOT, "# %d calls, distance %.3f (Kolmogorov-Smirnov)", fit.calls(), fit.distance()));
            return GatewayCli.OK;
        } catch (IllegalArgumentException | CassetteException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.FAILED;
        }
    }

    @Command(
            name = "calls",
            description = {
                "Prints the calls of cassettes as JSON lines, for --latency recorded:FILE.",
                "Streams whose times nobody kept are left out, and so is what says nothing of its tokens."
            },
            mixinStandardHelpOptions = true)
    int calls(@Parameters(paramLabel = "FILE", description = "A cassette, or a directory of them.") Path file) {
        try {
            CassetteCalls.lines(file).forEach(out::println);
            return GatewayCli.OK;
        } catch (IllegalArgumentException | CassetteException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.FAILED;
        }
    }
}
