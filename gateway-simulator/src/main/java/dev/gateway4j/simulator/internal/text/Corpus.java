package dev.gateway4j.simulator.internal.text;

import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Resources;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The bundled sentences, cut into tokens once, so that made-up text never needs counting. Thread-safe. */
final class Corpus {
    private final Tokens tokens;
    private final Map<Key, Sentences> cut = new ConcurrentHashMap<>();

    Corpus(Tokens tokens) {
        this.tokens = tokens;
    }

    Sentences sentences(Language language, Family.Encoding encoding) {
        return cut.computeIfAbsent(new Key(language, encoding), this::read);
    }

    private Sentences read(Key key) {
        List<String> lines = Resources.lines("corpus/" + key.language().code() + ".txt");
        return new Sentences(
                lines.stream().map(line -> tokens.pieces(key.encoding(), line)).toList(),
                lines.stream()
                        .map(line -> tokens.pieces(key.encoding(), " " + line))
                        .toList());
    }

    /**
     * The sentences of one language.
     *
     * @param opening as they stand at the beginning of a text
     * @param following as they stand after another one, with the blank that parts them
     */
    record Sentences(List<Pieces> opening, List<Pieces> following) {}

    private record Key(Language language, Family.Encoding encoding) {}
}
