package dev.gateway4j.simulator.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;

/** Reads requests into trees and writes answers without one. Thread-safe. */
public final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxStringLength(100_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Comparator<JsonNode> BY_WORTH = Json::compare;
    private static final DefaultPrettyPrinter INDENTED = printer("  ");
    private static final DefaultPrettyPrinter SPACED = spaced();

    private Json() {}

    /** Something that writes one JSON value. */
    @FunctionalInterface
    public interface Writer {
        /** Writes the value. */
        void write(JsonGenerator json) throws IOException;
    }

    /** The value these bytes hold; empty if they are no JSON, nest deeper than 200 levels or hold more than one value. */
    public static Optional<JsonNode> read(byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return Optional.ofNullable(node).filter(value -> !value.isMissingNode());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** A text, number, boolean, list, map or tree as a tree. */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** A text, number, boolean, list, map or tree as JSON without white space. */
    public static String of(Object value) {
        return tree(value).toString();
    }

    /** True if both are the same value; numbers are compared by what they are worth. */
    public static boolean same(JsonNode a, JsonNode b) {
        return a.equals(BY_WORTH, b);
    }

    /** The value indented by two spaces, with no line break at the end. */
    public static String indented(Writer writer) {
        return written(writer, INDENTED.createInstance());
    }

    /** The value without any white space. */
    public static String compact(Writer writer) {
        return written(writer, null);
    }

    /** The value on one line, with a space after every comma and colon, as the output of batches is written. */
    public static String spaced(JsonNode value) {
        return written(json -> json.writeTree(value), SPACED.createInstance());
    }

    /** Bytes of a text; half a surrogate pair, which a request can smuggle in, becomes a question mark. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a string member, or null. */
    public static void member(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        } else {
            json.writeNullField(name);
        }
    }

    private static int compare(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue());
        }
        return a.equals(b) ? 0 : 1;
    }

    private static String written(Writer writer, @org.jspecify.annotations.Nullable PrettyPrinter printer) {
        // Through characters, not bytes: the byte generator of Jackson refuses half surrogates, and requests are
        // echoed.
        SegmentedStringWriter out = new SegmentedStringWriter(new BufferRecycler());
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
            json.setCodec(MAPPER);
            if (printer != null) {
                json.setPrettyPrinter(printer);
            }
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        try {
            return out.getAndClear();
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private static DefaultPrettyPrinter spaced() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEntrySpacing(Separators.Spacing.AFTER)
                .withArrayValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        DefaultPrettyPrinter.Indenter nowhere = new DefaultPrettyPrinter.NopIndenter();
        printer.indentArraysWith(nowhere);
        printer.indentObjectsWith(nowhere);
        return printer;
    }

    private static DefaultPrettyPrinter printer(String indent) {
        DefaultIndenter indenter = new DefaultIndenter(indent, "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return printer;
    }
}
