package dev.gateway4j.simulator.internal.model;

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
    private static final Map<String, Model> MODELS = models();

    private Models() {}

    /** The model with exactly this name. */
    public static Optional<Model> named(String id) {
        return Optional.ofNullable(MODELS.get(id));
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
        String base = id.startsWith("ft:") ? id.substring(3) : id;
        return FAMILIES.stream()
                .filter(family -> base.startsWith(family.prefix()))
                .findFirst()
                .orElseThrow();
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
                            family(cells[0])));
        }
        return Collections.unmodifiableMap(models);
    }
}
