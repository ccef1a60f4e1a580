package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandInProvider;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/**
 * The command line of Gateway4j.
 *
 * <pre>{@code
 * java -jar gateway-cli.jar serve --port 4010
 * java -jar gateway-cli.jar serve --cassettes cassettes --compat
 * java -jar gateway-cli.jar cassettes list cassettes
 * java -jar gateway-cli.jar config check gateway.yaml --environment staging
 * java -jar gateway-cli.jar keys add keys.sealed blue --environment staging
 * java -jar gateway-cli.jar anonymise prod.jsonl samples.jsonl
 * java -jar gateway-cli.jar latency fit calls.jsonl --name ours
 * }</pre>
 *
 * <p>Exit codes: 0 done, 1 it did not work, 2 wrong use, 130 interrupted from the keyboard.
 */
@Command(
        name = "gateway-cli",
        description = "Serves the simulated OpenAI on this machine, and helps with what it is fed.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayCli.Version.class,
        synopsisSubcommandLabel = "COMMAND")
public final class GatewayCli {
    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private GatewayCli() {}

    /** Runs a command and ends the virtual machine with its exit code. */
    public static void main(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        List<StandInProvider> providers = ServiceLoader.load(StandInProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        System.exit(run(providers, GatewayCli::variable, out, err, args));
    }

    private static @Nullable String variable(@Nullable String name) {
        return name == null ? null : System.getenv(name);
    }

    static int run(List<StandInProvider> providers, PrintWriter out, PrintWriter err, String... args) {
        return run(providers, GatewayCli::variable, out, err, args);
    }

    /** Runs a command that looks environment variables up here. */
    static int run(
            List<StandInProvider> providers,
            UnaryOperator<@Nullable String> variables,
            PrintWriter out,
            PrintWriter err,
            String... args) {
        return run(providers, variables, Keyboard.ofProcess(), out, err, args);
    }

    /** Runs a command to which passwords are typed here. */
    static int run(
            List<StandInProvider> providers,
            UnaryOperator<@Nullable String> variables,
            Keyboard keyboard,
            PrintWriter out,
            PrintWriter err,
            String... args) {
        TimeSource time = TimeSource.system();
        CommandLine command = new CommandLine(new GatewayCli())
                .addSubcommand(new ServeCommand(providers, variables, out, err))
                .addSubcommand(new ConfigCommand(out, err))
                .addSubcommand(new AnonymiseCommand(out, err))
                .addSubcommand(new LatencyCommand(out, err))
                .addSubcommand(new CassettesCommand(out, err, time))
                .addSubcommand(new KeysCommand(
                        new KeysDesk(variables, keyboard, err), new KeyFingerprints(variables, out, err), out, time))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    err.println("gateway-cli: " + failure);
                    return FAILED;
                });
        if (args.length == 0) {
            command.usage(err);
            return WRONG_USE;
        }
        return command.execute(args);
    }

    /** Reads the version from the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GatewayCli.class.getPackage().getImplementationVersion();
            return new String[] {"gateway4j " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
