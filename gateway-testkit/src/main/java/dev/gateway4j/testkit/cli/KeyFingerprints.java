package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.ForbiddenKeys;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.config.UpstreamKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code keys fingerprint}: how the keys of an environment are listed where no other may use them. */
final class KeyFingerprints {
    private static final List<String> HEAD = List.of("NAME", "FINGERPRINT");

    private final UnaryOperator<@Nullable String> variables;
    private final PrintWriter out;
    private final PrintWriter err;

    KeyFingerprints(UnaryOperator<@Nullable String> variables, PrintWriter out, PrintWriter err) {
        this.variables = variables;
        this.out = out;
        this.err = err;
    }

    int print(String environment, @Nullable Path file) {
        ConfigReader reader =
                GatewayConfig.reader().set("environment", environment).variables(variables);
        if (file != null) {
            reader.file(file);
        }
        try {
            return print(environment, reader.read());
        } catch (GatewayConfigException e) {
            e.problems().forEach(problem -> err.println("gateway-cli: " + problem));
            return GatewayCli.FAILED;
        }
    }

    private int print(String environment, GatewayConfig settings) {
        if (settings.keys().isEmpty()) {
            err.println("gateway-cli: the settings have no keys for " + environment);
            return GatewayCli.FAILED;
        }
        ForbiddenKeys forbidden = settings.keyConfig().forbidden();
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (UpstreamKey key : settings.keys()) {
            Optional<String> fingerprint = forbidden.fingerprint(key.secret());
            if (fingerprint.isEmpty()) {
                err.println("gateway-cli: the settings have no openai.credentials.fingerprint_key that can be read;"
                        + " write ${NAME} or file:NAME there");
                return GatewayCli.FAILED;
            }
            rows.add(List.of(key.name(), fingerprint.get()));
        }
        Columns.lines(rows).forEach(out::println);
        return GatewayCli.OK;
    }
}
