package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.simulator.internal.model.Resources;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Faults that go together under a name, from {@code fault-presets.txt}. */
public final class Presets {
    private static final Map<String, List<FaultText>> PRESETS = presets();

    private Presets() {}

    /** The names of all presets. */
    public static Set<String> names() {
        return PRESETS.keySet();
    }

    /**
     * The faults of a preset.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public static List<FaultText> named(String name) {
        List<FaultText> faults = PRESETS.get(name);
        if (faults == null) {
            throw new IllegalArgumentException(Nearest.unknown("fault preset", name, names()));
        }
        return faults;
    }

    private static Map<String, List<FaultText>> presets() {
        Map<String, List<FaultText>> presets = new LinkedHashMap<>();
        for (String line : Resources.lines("fault-presets.txt")) {
            int colon = line.indexOf(':');
            presets.put(line.substring(0, colon), FaultText.parseAll(line.substring(colon + 1)));
        }
        return Collections.unmodifiableMap(presets);
    }
}
