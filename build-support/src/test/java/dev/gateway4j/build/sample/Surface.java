package dev.gateway4j.build.sample;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One of everything. */
public abstract class Surface implements Comparable<Surface> {
    /** A constant. */
    public static final int LIMIT = 3;

    int hidden;

    /** For those who extend it. */
    protected Surface() {}

    /** Generic. */
    public static Optional<List<String>> find(String name, int... numbers) throws IOException {
        return Optional.of(List.of(name + numbers.length));
    }

    /** For those who extend it. */
    protected abstract void hook();

    @Override
    public String toString() {
        return "surface";
    }

    /** Colours. */
    public enum Colour {
        /** Red. */
        RED
    }

    /** A pair. */
    public record Pair(String left, List<String> right) {}

    private record Secret(String value) {}

    static Object secret() {
        return new Secret("");
    }
}
