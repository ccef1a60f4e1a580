package dev.gateway4j.simulator.internal.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the table that comes with the simulator. Arguments: an OpenAPI file, the file to write, and optionally a file of corrections, whose
 * {@code edits} each have an {@code op} ({@code nullable}, {@code unrequire}, {@code replace}, {@code append}), a {@code path} and mostly a
 * {@code value}.
 */
public final class SpecTool {
    private SpecTool() {}

    /** Runs the tool. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            throw new IllegalArgumentException(
                    "give an OpenAPI file, the file to write and, if there is one, a file of corrections");
        }
        Path document = Path.of(arguments[0]);
        String text = arguments.length == 3 ? text(document, Path.of(arguments[2])) : text(document);
        Files.write(Path.of(arguments[1]), compressed(text));
    }

    /** The table of a document as text, one operation or shape a line. */
    static String text(Path document) {
        return lines(SpecFile.table(document));
    }

    /** The table of a corrected document as text. */
    static String text(Path document, Path overlay) {
        return lines(SpecFile.table(document, overlay));
    }

    private static String lines(ObjectNode table) {
        StringBuilder text = new StringBuilder();
        text.append(SpecTable.VERSION).append(table.path("version").asText()).append('\n');
        lines(text, SpecTable.OPERATION, table.path("operations"));
        lines(text, SpecTable.SHAPE, table.path("shapes"));
        return text.toString();
    }

    private static void lines(StringBuilder text, String word, JsonNode entries) {
        for (Map.Entry<String, JsonNode> entry : entries.properties()) {
            text.append(word)
                    .append(entry.getKey())
                    .append(' ')
                    .append(entry.getValue())
                    .append('\n');
        }
    }

    private static byte[] compressed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
