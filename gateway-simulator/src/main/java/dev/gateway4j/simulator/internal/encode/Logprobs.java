package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Probabilities of the tokens of a response. Finished items round them, deltas do not. */
final class Logprobs {
    private static final double CERTAIN = 0.7;
    private static final double SMALLEST = 0.001;
    private static final double LARGEST = 1.5;
    private static final double STEP = 2.25;
    private static final int ROUNDED_TO = 6;

    private Logprobs() {}

    /** The entries of a text, one for each of its pieces. */
    static ArrayNode of(Pieces pieces, int alternatives, Draws draws) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < pieces.list().size(); i++) {
            double logprob = draws.chance(CERTAIN) ? 0 : -(SMALLEST + draws.unit() * LARGEST);
            Piece piece = pieces.list().get(i);
            ObjectNode entry = entry(entries.addObject(), piece, logprob);
            ArrayNode top = entry.putArray("top_logprobs");
            for (int rank = 0; rank < alternatives; rank++) {
                Piece other = pieces.list().get((i + rank) % pieces.list().size());
                entry(top.addObject(), other, logprob - rank * STEP - (rank > 0 ? draws.unit() : 0));
            }
        }
        return entries;
    }

    /** The same entries as finished items show them. */
    static ArrayNode rounded(ArrayNode entries) {
        ArrayNode rounded = entries.deepCopy();
        rounded.forEach(entry -> {
            round((ObjectNode) entry);
            entry.path("top_logprobs").forEach(top -> round((ObjectNode) top));
        });
        return rounded;
    }

    private static void round(ObjectNode entry) {
        double logprob = entry.path("logprob").asDouble();
        entry.put(
                "logprob",
                BigDecimal.valueOf(logprob)
                        .setScale(ROUNDED_TO, RoundingMode.HALF_EVEN)
                        .doubleValue());
    }

    private static ObjectNode entry(ObjectNode entry, Piece piece, double logprob) {
        ArrayNode bytes = entry.putArray("bytes");
        for (byte b : Json.bytes(piece.text())) {
            bytes.add(b & 0xff);
        }
        return entry.put("logprob", logprob).put("token", piece.text());
    }
}
