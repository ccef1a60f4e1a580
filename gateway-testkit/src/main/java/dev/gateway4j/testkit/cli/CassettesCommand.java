package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.cassette.CareReport;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.CassetteLint;
import dev.gateway4j.cassette.Cassettes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cassettes}: looks at recordings and keeps them in order. */
@Command(
        name = "cassettes",
        description = "Lists, shows and checks recordings, and makes them anew.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 all is well, 1 something was found or did not work, 2 wrong use."})
final class CassettesCommand {
    private final PrintWriter out;
    private final PrintWriter err;
    private final TimeSource time;

    CassettesCommand(PrintWriter out, PrintWriter err, TimeSource time) {
        this.out = out;
        this.err = err;
        this.time = time;
    }

    @Command(
            name = "list",
            description = "Prints a line for each cassette: name, interactions, endpoints, models, size and age.",
            mixinStandardHelpOptions = true)
    int list(@Parameters(paramLabel = "DIR", description = "A directory, or classpath:NAME.") String directory) {
        return Place.of(directory, err)
                .map(place -> new CassetteTable(place, time.now()).print(out, err))
                .orElse(GatewayCli.WRONG_USE);
    }

    @Command(
            name = "show",
            description = "Prints cassettes as talks to be read, without keys.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(paramLabel = "DIR", description = "A directory, or classpath:NAME.") String directory,
            @Parameters(paramLabel = "NAME", arity = "1..*", description = "Names of cassettes.") List<String> names) {
        return Place.of(directory, err)
                .map(place -> show(place.cassettes(), names))
                .orElse(GatewayCli.WRONG_USE);
    }

    @Command(
            name = "lint",
            description = "Looks for what makes replay fail, mislead or leak; changes nothing and asks nobody.",
            mixinStandardHelpOptions = true)
    int lint(
            @Parameters(paramLabel = "DIR", description = "A directory, or classpath:NAME.") String directory,
            @Option(names = "--json", description = "Prints the findings as JSON.") boolean json,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "Configuration file instead of ./gateway.yaml.")
                    @Nullable
                    Path config) {
        return Place.of(directory, err)
                .flatMap(place -> settings(place, config).map(settings -> lint(place, settings, json)))
                .orElse(GatewayCli.WRONG_USE);
    }

    @Command(
            name = "verify",
            description = {
                "Sends recorded requests again and tells what looks different in the answers. Changes no file.",
                "Says first what that will cost; the keys are those of the settings."
            },
            mixinStandardHelpOptions = true)
    int verify(@Mixin CareOptions options) {
        return directory(options)
                .map(place -> new Care(options, out, err, time).verify(place))
                .orElse(GatewayCli.WRONG_USE);
    }

    @Command(
            name = "rerecord",
            description = {
                "Records interactions anew, in their place: what is not named stays as it is, to the line.",
                "Says first what that will cost; the keys are those of the settings."
            },
            mixinStandardHelpOptions = true)
    int rerecord(@Mixin CareOptions options) {
        return directory(options)
                .flatMap(place -> settings(place, options.config())
                        .map(settings -> new Care(options, out, err, time).rerecord(place, settings)))
                .orElse(GatewayCli.WRONG_USE);
    }

    private Optional<Place> directory(CareOptions options) {
        return Place.of(options.directory(), err);
    }

    private int lint(Place place, CassetteConfig settings, boolean json) {
        CareReport report = CassetteLint.of(settings, time).check(place.cassettes());
        out.println(json ? report.json() : report.text().stripTrailing());
        return report.clean() ? GatewayCli.OK : GatewayCli.FAILED;
    }

    /** The settings of cassettes; empty if they do not work, which has been said. */
    private Optional<CassetteConfig> settings(Place place, @Nullable Path config) {
        ConfigReader reader =
                GatewayConfig.reader().set("openai.mode", "replay").set("openai.cassettes.directory", place.setting());
        if (config != null) {
            reader.file(config);
        }
        Problems problems = new Problems();
        Optional<GatewayConfig> settings = problems.of("", reader::read);
        problems.list().forEach(problem -> err.println("gateway-cli: " + problem));
        return settings.map(GatewayConfig::cassettes);
    }

    private int show(Cassettes cassettes, List<String> names) {
        try {
            for (String name : names) {
                Transcript.of(cassettes.load(name)).forEach(out::println);
            }
            return GatewayCli.OK;
        } catch (CassetteException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.FAILED;
        }
    }
}
