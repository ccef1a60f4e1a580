package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/**
 * JSON in one spelling: members sorted by the UTF-16 code units of their names, no blanks, the shortest escapes, numbers by their exact
 * value. Two documents give the same bytes if and only if they are equal up to the order of members, blanks, escapes and the spelling of
 * numbers. Arrays keep their order and null members stay.
 */
public final class CanonicalJson {
    private final JsonParser json;
    private final int maxDepth;
    private final CanonicalWriter out;

    /** For each open container, where its members begin in the stack of members; -1 for an array. */
    private int[] frames = new int[16];

    private int depth;
    private final MemberStack members = new MemberStack();

    private CanonicalJson(JsonParser json, int maxDepth, int size) {
        this.json = json;
        this.maxDepth = maxDepth;
        this.out = new CanonicalWriter(size);
    }

    /**
     * The canonical bytes of a document.
     *
     * @param json one JSON value in UTF-8
     * @param maxDepth how deep objects and arrays may be nested; the outermost counts as 1
     * @throws IllegalArgumentException if the document is malformed, nested deeper, has a member twice, half a surrogate pair in the name
     *     of one, or a number whose exponent has more than 17 digits; the message never shows the document
     */
    public static byte[] of(byte[] json, int maxDepth) {
        if (!Utf8.isValid(json)) {
            throw new IllegalArgumentException("the document is not UTF-8");
        }
        try (JsonParser parser = Json.parser(json)) {
            return new CanonicalJson(parser, maxDepth, json.length).document();
        } catch (IOException e) {
            throw new IllegalArgumentException("the document is not JSON");
        }
    }

    private byte[] document() throws IOException {
        JsonToken token = json.nextToken();
        if (token == null) {
            throw new IllegalArgumentException("the document is empty");
        }
        boolean first = true;
        while (token != null) {
            first = write(token, first);
            token = json.nextToken();
            if (depth == 0 && token != null) {
                throw new IllegalArgumentException("something follows the document");
            }
        }
        return out.toByteArray();
    }

    /** Writes one token; answers whether the next one is the first of its container. */
    private boolean write(JsonToken token, boolean first) throws IOException {
        if (token.isStructEnd()) {
            close(token == JsonToken.END_OBJECT);
            return false;
        }
        if (token == JsonToken.FIELD_NAME) {
            name(first);
            return true; // no comma between a name and its value
        }
        if (!first) {
            out.append(',');
        }
        switch (token) {
            case START_OBJECT -> open(members.size(), '{');
            case START_ARRAY -> open(-1, '[');
            case VALUE_STRING -> out.string(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                CanonicalNumber.write(out, json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            case VALUE_TRUE -> out.ascii("true");
            case VALUE_FALSE -> out.ascii("false");
            default -> out.ascii("null");
        }
        return token.isStructStart();
    }

    private void name(boolean first) throws IOException {
        if (!first) {
            out.append(',');
        }
        String name = json.currentName();
        members.push(name, out.length());
        out.string(name);
        out.append(':');
    }

    private void open(int frame, char bracket) {
        if (depth == maxDepth) {
            throw new IllegalArgumentException("the document is nested deeper than " + maxDepth);
        }
        if (depth == frames.length) {
            frames = Arrays.copyOf(frames, depth * 2);
        }
        frames[depth++] = frame;
        out.append(bracket);
    }

    private void close(boolean object) {
        int frame = frames[--depth];
        if (object) {
            members.sortFrom(frame, out);
        }
        out.append(object ? '}' : ']');
    }
}
