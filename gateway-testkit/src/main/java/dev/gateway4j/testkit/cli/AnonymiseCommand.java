package dev.gateway4j.testkit.cli;

import dev.gateway4j.simulator.Anonymiser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anonymise}: copies samples without what tells who somebody is. */
@Command(
        name = "anonymise",
        description = "Copies a text or JSON lines, with names, addresses, numbers and keys replaced.",
        mixinStandardHelpOptions = true)
final class AnonymiseCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Parameters(index = "0", paramLabel = "IN", description = "The samples, in UTF-8.")
    private Path from = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "The copy; replaced if it is there.")
    private Path to = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What replacements depend on, best kept secret. Default: another one every time.")
    private @Nullable Long seed;

    AnonymiseCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(from) || Files.isDirectory(from)) {
            err.println("gateway-cli: " + from + " cannot be read");
            return GatewayCli.FAILED;
        }
        try {
            Anonymiser anonymiser =
                    Anonymiser.seeded(seed == null ? UUID.randomUUID().getMostSignificantBits() : seed);
            out.println(to + ": " + anonymiser.copy(from, to) + " replaced; look at it, not every name is known");
            return GatewayCli.OK;
        } catch (IllegalArgumentException same) {
            err.println("gateway-cli: " + same.getMessage());
            return GatewayCli.WRONG_USE;
        } catch (IOException | UncheckedIOException e) {
            err.println("gateway-cli: " + from + " cannot be copied to " + to + ": " + e);
            return GatewayCli.FAILED;
        }
    }
}
