package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code config check}: says what a file means, or everything that is wrong with it. */
@Command(
        name = "config",
        description = "Works on configuration files.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand {
    private final PrintWriter out;
    private final PrintWriter err;

    ConfigCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Command(
            name = "check",
            description = "Prints the settings in force, without secrets, or every problem.",
            mixinStandardHelpOptions = true)
    int check(
            @Parameters(paramLabel = "FILE", description = "The configuration file.") Path file,
            @Option(names = "--environment", paramLabel = "NAME", description = "Environment instead of the file's.")
                    @Nullable
                    String environment) {
        if (!Files.isReadable(file)) {
            err.println("gateway-cli: " + file + " cannot be read");
            return GatewayCli.FAILED;
        }
        ConfigReader reader = GatewayConfig.reader().file(file);
        if (environment != null) {
            reader.set("environment", environment);
        }
        try {
            EffectiveSettings.of(reader.read()).lines().forEach(out::println);
            out.flush();
            return GatewayCli.OK;
        } catch (GatewayConfigException e) {
            e.problems().forEach(problem -> err.println("gateway-cli: " + problem));
            return GatewayCli.FAILED;
        }
    }
}
