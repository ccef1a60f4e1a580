package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.openai.SseHandler;
import dev.gateway4j.api.openai.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the events in the bytes of a whole stream and where each ends. The bytes are given to the parser from one blank line to the next,
 * so that each time at most one event comes out.
 */
final class Events implements SseHandler {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final byte[] body;
    private final SseParser parser;
    private final List<Event> events = new ArrayList<>();

    private int blockStart;
    private int blockEnd;
    private boolean strangeLines;
    private boolean openEnd;

    private Events(byte[] body) {
        this.body = body;
        this.parser = new SseParser(this, body.length + 1);
    }

    /**
     * The events; empty if the bytes are not wholly a stream: a line is neither blank, nor a comment, nor one of the fields of the
     * standard, or something other than comments follows the last blank line.
     */
    static Optional<List<Event>> in(byte[] body) {
        Events found = new Events(body);
        found.scan();
        return found.strangeLines || found.openEnd ? Optional.empty() : Optional.of(found.events);
    }

    /** True if nothing but blank lines and comments stands here and after. */
    static boolean onlyCommentsFrom(byte[] body, int start) {
        boolean atLineStart = true;
        for (int i = start; i < body.length; i++) {
            boolean lineEnd = body[i] == '\n' || body[i] == '\r';
            if (atLineStart && !lineEnd && body[i] != ':') {
                return false;
            }
            atLineStart = lineEnd;
        }
        return true;
    }

    private void scan() {
        int at = 0;
        boolean said = false;
        while (at < body.length) {
            int text = at == 0 && Arrays.equals(BOM, Arrays.copyOf(body, BOM.length)) ? BOM.length : at;
            int stop = lineEnd(text);
            int next = afterLine(stop);
            boolean blank = stop == text && stop < body.length;
            said |= !blank && body[text < body.length ? text : at] != ':';
            strangeLines |= !blank && !isKnown(text, stop);
            if (blank) {
                blockEnd = next;
                parser.feed(body, blockStart, next - blockStart);
                blockStart = next;
                said = false;
            }
            at = next;
        }
        openEnd = said;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < body.length && body[at] != '\n' && body[at] != '\r') {
            at++;
        }
        return at;
    }

    private int afterLine(int stop) {
        if (stop + 1 < body.length && body[stop] == '\r' && body[stop + 1] == '\n') {
            return stop + 2;
        }
        return Math.min(stop + 1, body.length);
    }

    private boolean isKnown(int from, int to) {
        int colon = from;
        while (colon < to && body[colon] != ':') {
            colon++;
        }
        return switch (new String(body, from, Math.min(colon - from, 8), StandardCharsets.ISO_8859_1)) {
            case "", "data", "event", "id", "retry" -> true;
            default -> false;
        };
    }

    @Override
    public void event(String type, byte[] data, int offset, int length) {
        boolean inPlace = data == body;
        byte[] kept = inPlace ? body : Arrays.copyOfRange(data, offset, offset + length);
        events.add(new Event(type, blockStart, blockEnd, kept, inPlace ? offset : 0, length, inPlace));
    }
}
