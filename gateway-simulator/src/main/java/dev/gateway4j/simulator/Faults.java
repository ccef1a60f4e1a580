package dev.gateway4j.simulator;

import dev.gateway4j.simulator.internal.fault.FaultBook;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.fault.Presets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The faults of a running simulator. What is added strikes from the next request on. Several may strike one request: of answers and failing
 * connections the first counts, of changes to a reply all do. Thread-safe.
 */
public final class Faults {
    private final FaultBook book;

    Faults(FaultBook book) {
        this.book = book;
    }

    /** One more fault. */
    public Faults add(Fault fault) {
        book.add(fault.text());
        return this;
    }

    /**
     * More faults, separated by semicolons: each the name of a preset, or what {@link Fault#parse} reads. Where a preset and a fault have
     * one name, the preset is meant.
     *
     * @throws IllegalArgumentException if one of them does not work; then none is added
     */
    public Faults add(String texts) {
        read(texts).forEach(book::add);
        return this;
    }

    /**
     * The faults of a preset, beside those that are on.
     *
     * @param name one of {@link #presets()}
     * @throws IllegalArgumentException if there is none of that name
     */
    public Faults preset(String name) {
        Presets.named(name).forEach(book::add);
        return this;
    }

    /** Takes away every fault equal to this one; true if there was one. */
    public boolean remove(Fault fault) {
        return book.remove(fault.text());
    }

    /** Takes away all faults. */
    public void clear() {
        book.clear();
    }

    /** The faults that are on, in their order. */
    public List<Fault> list() {
        return book.list().stream().map(Fault::of).toList();
    }

    /** The names of all presets. */
    public static Set<String> presets() {
        return Presets.names();
    }

    /** The faults that are on, as a text that {@link #add(String)} reads. */
    @Override
    public String toString() {
        return String.join("; ", book.list().stream().map(FaultText::toString).toList());
    }

    static List<FaultText> read(String texts) {
        List<FaultText> faults = new ArrayList<>();
        for (String text : texts.split(";", -1)) {
            String name = text.strip();
            if (Presets.names().contains(name)) {
                faults.addAll(Presets.named(name));
            } else if (!name.isEmpty()) {
                faults.add(FaultText.parse(name, Presets.names()));
            }
        }
        return faults;
    }
}
