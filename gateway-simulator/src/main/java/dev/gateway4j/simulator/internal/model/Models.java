package dev.gateway4j.simulator.internal.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table of models. Immutable and thread-safe. */
public final class Models {
    private static final List<Family> FAMILIES = Resources.lines("families.csv").stream()
            .map(Family::of)
            .sorted(Comparator.comparingInt((Family family) -> family.prefix().length())
                    .reversed())
            .toList();
    private static final String TUNED = "ft:";
    /** {@code ft:}, the base, the organization; a suffix and an id may follow. */
    private static final int TUNED_PARTS = 3;

    private static final Map<String, Model> MODELS = models();

    private Models() {}

    /** The model with exactly this name; a fine-tuned name means a model like its base. */
    public static Optional<Model> named(String id) {
        return id.startsWith(TUNED) ? tuned(id) : Optional.ofNullable(MODELS.get(id));
    }

    /** True if the model of this name existed and no longer answers at that time. A fine-tuned model goes with its base. */
    public static boolean retired(String id, Instant now) {
        return named(id).filter(model -> model.retired(now)).isPresent();
    }

    /** Every model that answers at that time, in the order of the listing. */
    public static List<Model> served(Instant now) {
        return MODELS.values().stream().filter(model -> !model.retired(now)).toList();
    }

    /** Every model, in the order of the listing. */
    public static Collection<Model> all() {
        return MODELS.values();
    }

    /** A model under a name of the user's own, such as an Azure deployment; it behaves as its name suggests. */
    public static Model deployed(String name) {
        return named(name).orElseGet(() -> new Model(name, 0, "system", name, "chat", 128_000, 16_384, family(name)));
    }

    /** The family a name belongs to; fine-tuned models belong to that of their base. */
    public static Family family(String id) {
        String base = id.startsWith(TUNED) ? id.substring(TUNED.length()) : id;
        return FAMILIES.stream()
                .filter(family -> base.startsWith(family.prefix()))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<Model> tuned(String id) {
        String[] parts = id.split(":", -1);
        if (parts.length < TUNED_PARTS) {
            return Optional.empty();
        }
        return Optional.ofNullable(MODELS.get(parts[1]))
                .map(base -> new Model(
                        id,
                        base.created(),
                        "user",
                        id,
                        base.kind(),
                        base.context(),
                        base.limit(),
                        base.family(),
                        base.shutdown()));
    }

    private static Map<String, Model> models() {
        Map<String, Model> models = new LinkedHashMap<>();
        for (String line : Resources.lines("models.csv")) {
            String[] cells = line.split(",", -1);
            models.put(
                    cells[0],
                    new Model(
                            cells[0],
                            Long.parseLong(cells[1]),
                            cells[2],
                            cells[3],
                            cells[4],
                            Integer.parseInt(cells[5]),
                            Integer.parseInt(cells[6]),
                            family(cells[0]),
                            Optional.of(cells[7])
                                    .filter(day -> !day.equals("-"))
                                    .map(LocalDate::parse)));
        }
        return Collections.unmodifiableMap(models);
    }
}
