package dev.gateway4j.testkit.cli;

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
                "Each line of FILE is an object with total_ms, output_tokens and, for streams, ttft_ms."
            },
            mixinStandardHelpOptions = true)
    int fit(
            @Parameters(paramLabel = "FILE", description = "Recorded calls, JSON lines; eight or more.") Path file,
            @Option(
                            names = "--name",
                            paramLabel = "N",
                            defaultValue = "fitted",
                            description = "Name of the profile. Default: fitted.")
                    String name) {
        try {
            FittedLatency fit = FittedLatency.of(name, file);
            out.println("# " + FittedLatency.COLUMNS);
            out.println(fit.line());
            out.println(String.format(
                    Locale.ROOT, "# %d calls, distance %.3f (Kolmogorov-Smirnov)", fit.calls(), fit.distance()));
            return GatewayCli.OK;
        } catch (IllegalArgumentException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.FAILED;
        }
    }
}
