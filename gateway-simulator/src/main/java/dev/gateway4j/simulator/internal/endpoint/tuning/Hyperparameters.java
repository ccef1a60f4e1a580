package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.List;
import java.util.Optional;

/** The settings of a training, of which the service chooses those that are {@code auto}. */
final class Hyperparameters {
    static final String EPOCHS = "n_epochs";
    static final String BATCH = "batch_size";
    private static final String RATE = "learning_rate_multiplier";
    private static final String AUTO = "auto";
    private static final int WANTED_EXAMPLES = 100;
    private static final int STANDARD_EPOCHS = 3;
    private static final int MOST_EPOCHS = 25;
    private static final double BATCH_SHARE = 0.002;

    private Hyperparameters() {}

    /** The settings a request asks for, all others {@code auto}. */
    static ObjectNode of(Optional<Body> asked, ObjectNode into) {
        for (String name : List.of(EPOCHS, BATCH, RATE)) {
            into.put(name, AUTO);
            asked.filter(settings -> settings.has(name)).ifPresent(settings -> into.set(name, checked(settings, name)));
        }
        return into;
    }

    /** Chooses what is {@code auto} by the number of examples. */
    static void choose(ObjectNode settings, int examples) {
        int enough = Math.min(MOST_EPOCHS, WANTED_EXAMPLES / Math.max(1, examples));
        set(settings, EPOCHS, settings.numberNode(Math.max(STANDARD_EPOCHS, enough)));
        set(settings, BATCH, settings.numberNode((int) Math.max(1, Math.round(examples * BATCH_SHARE))));
        set(settings, RATE, settings.numberNode(1.8));
    }

    private static void set(ObjectNode settings, String name, JsonNode value) {
        if (settings.path(name).asText().equals(AUTO)) {
            settings.set(name, value);
        }
    }

    private static JsonNode checked(Body settings, String name) {
        JsonNode value = settings.get(name);
        if (value.isTextual()) {
            if (!value.asText().equals(AUTO)) {
                throw ErrorKind.VALUE.with("hyperparameters." + name, value.asText(), "'auto'");
            }
            return value;
        }
        if (name.equals(RATE)) {
            double unusedChecked = settings.decimal(name, 0, 10_000, 1);
        } else {
            long unusedChecked = settings.integer(name, 1, name.equals(EPOCHS) ? 50 : 256);
        }
        return value;
    }
}
