package dev.gateway4j.okhttp.internal.cache.semantic;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Pairs of questions. A line break within one is written as {@code \n}. */
final class Pairs {
    private Pairs() {}

    /**
     * Two questions.
     *
     * @param kind in what they differ; empty for those that ask the same
     */
    record Pair(String kind, String one, String other) {}

    /** Pairs that are hard to tell apart and must never have the same answer. */
    static List<Pair> different() {
        return lines("different.tsv").stream()
                .map(line -> line.split("\t", -1))
                .map(line -> new Pair(line[0], text(line[1]), text(line[2])))
                .toList();
    }

    /** Pairs that ask the same. */
    static List<Pair> alike() {
        return lines("alike.tsv").stream()
                .map(line -> line.split("\t", -1))
                .map(line -> new Pair("", text(line[0]), text(line[1])))
                .toList();
    }

    private static String text(String column) {
        return column.replace("\\n", "\n");
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Pairs.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
