package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code multipart/form-data} body.
 *
 * @param fields its texts, by the bracket notation of {@link Query}; parts that are JSON objects or arrays are read
 * @param files its files by the name of their field, brackets and all; of several with one name the later are
 *     {@code image#1}, {@code image#2}
 */
public record Form(ObjectNode fields, Map<String, Part> files) {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("(?<![a-z])name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    /**
     * A file of a form.
     *
     * @param fileName what the client calls it; may be empty
     * @param contentType its type as sent; empty if none was
     * @param bytes its content
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: parts are read, never compared
    public record Part(String fileName, String contentType, byte[] bytes) {}

    /** The form; empty if the content type names no boundary or the body does not hold to it. */
    public static Optional<Form> read(String contentType, byte[] body) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data") || !matcher.find()) {
            return Optional.empty();
        }
        String boundary = Optional.ofNullable(matcher.group(1)).orElseGet(() -> matcher.group(2));
        // One byte is one character, so positions are the same and nothing is lost.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        Form form = new Form(JsonNodeFactory.instance.objectNode(), new LinkedHashMap<>());
        String delimiter = "--" + boundary;
        int at = text.indexOf(delimiter);
        while (at >= 0 && !text.startsWith("--", at + delimiter.length())) {
            int head = at + delimiter.length() + 2;
            int blank = text.indexOf("\r\n\r\n", head - 2);
            int end = text.indexOf("\r\n" + delimiter, Math.max(blank, 0) + 2);
            if (blank < 0 || end < 0) {
                return Optional.empty();
            }
            form.add(text.substring(Math.min(head, blank), blank), bytes(text, Math.min(blank + 4, end), end));
            at = end + 2;
        }
        return at < 0 ? Optional.empty() : Optional.of(form);
    }

    private void add(String head, byte[] content) {
        Matcher name = NAME.matcher(head);
        if (!name.find()) {
            return;
        }
        String field = utf8(name.group(1));
        Matcher fileName = FILE_NAME.matcher(head);
        if (!fileName.find()) {
            Query.put(fields, field, value(type(head), content));
            return;
        }
        String key = field;
        for (int i = 1; files.containsKey(key); i++) {
            key = field + "#" + i;
        }
        files.put(key, new Part(utf8(fileName.group(1)), type(head), content));
    }

    /** A text, or the tree of a part that says it is JSON. */
    private JsonNode value(String type, byte[] content) {
        boolean json = type.toLowerCase(Locale.ROOT).startsWith("application/json");
        return Optional.of(content)
                .filter(bytes -> json)
                .flatMap(Json::read)
                .filter(JsonNode::isContainerNode)
                .orElseGet(() -> fields.textNode(new String(content, StandardCharsets.UTF_8)));
    }

    private static String type(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-type:"))
                .map(line -> line.substring("content-type:".length()).strip())
                .findFirst()
                .orElse("");
    }

    private static byte[] bytes(String text, int from, int to) {
        return text.substring(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
