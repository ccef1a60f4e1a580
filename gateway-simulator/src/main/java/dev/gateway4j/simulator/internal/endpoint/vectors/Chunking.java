package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a file is cut for search.
 *
 * @param size the tokens of a chunk
 * @param overlap how many of them the chunk before has too
 */
record Chunking(int size, int overlap) {
    private static final Chunking STANDARD = new Chunking(800, 400);
    private static final Pattern READABLE = Pattern.compile("[\\x20-\\x7e\\t\\n]{4,}");

    /** The strategy a request asks for. */
    static Chunking of(Body body) {
        Optional<Body> strategy = body.maybeObject("chunking_strategy");
        if (strategy.isEmpty()
                || strategy.get().choice("type", "auto", "static").equals("auto")) {
            return STANDARD;
        }
        Optional<Body> fixed = strategy.get().maybeObject("static");
        if (fixed.isEmpty()) {
            return STANDARD;
        }
        int size = (int) fixed.get().integer("max_chunk_size_tokens", 100, 4_096);
        int overlap = (int) fixed.get().integer("chunk_overlap_tokens", 0, 4_096);
        if (overlap > size / 2) {
            throw ResourceError.OVERLAP.with(overlap, size);
        }
        return new Chunking(size, overlap);
    }

    /** The strategy a file of a vector store was attached with. */
    static Chunking read(ObjectNode json) {
        return new Chunking(
                json.at("/static/max_chunk_size_tokens").asInt(),
                json.at("/static/chunk_overlap_tokens").asInt());
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("type", "static");
        json.putObject("static").put("max_chunk_size_tokens", size).put("chunk_overlap_tokens", overlap);
        return json;
    }

    /** The chunks of a text. */
    List<String> cut(Tokens tokens, String text) {
        List<String> pieces = new ArrayList<>();
        tokens.pieces(Family.Encoding.CL100K, text).list().forEach(piece -> pieces.add(piece.text()));
        List<String> chunks = new ArrayList<>();
        int step = size - overlap;
        for (int from = 0; from < pieces.size(); from += step) {
            int to = Math.min(pieces.size(), from + size);
            chunks.add(String.join("", pieces.subList(from, to)));
            if (to == pieces.size()) {
                break;
            }
        }
        return chunks;
    }

    /** What can be read in a file: all of a text, the readable stretches of anything else. */
    static String text(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString()
                    .strip();
        } catch (CharacterCodingException notText) {
            Matcher readable = READABLE.matcher(new String(content, StandardCharsets.ISO_8859_1));
            return readable.results().map(found -> found.group().strip()).collect(Collectors.joining("\n"));
        }
    }
}
