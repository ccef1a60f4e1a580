package dev.gateway4j.simulator.internal.endpoint.files;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files of one JSON value a line. */
public final class JsonLines {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private JsonLines() {}

    /**
     * One line.
     *
     * @param number its number in the file, from 1
     * @param text what it says
     */
    public record Line(int number, String text) {
        /** The object of this line; empty if it is none. */
        public Optional<JsonNode> object() {
            return Json.read(Json.bytes(text)).filter(JsonNode::isObject);
        }
    }

    /** The lines of a file that are not blank. */
    public static List<Line> of(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String bare = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
            if (!bare.isBlank()) {
                lines.add(new Line(number, bare.strip()));
            }
        }
        return lines;
    }
}
