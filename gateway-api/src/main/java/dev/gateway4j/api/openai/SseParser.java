package dev.gateway4j.api.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a byte stream into server-sent events, as the WHATWG standard says: lines end in LF, CRLF or CR, a byte order mark at the start is
 * dropped, comments and unknown fields are ignored, data lines are joined by LF, and an event without a data line is not dispatched. Bytes
 * may arrive in pieces of any size; data that lies within one piece is not copied. Not thread-safe.
 */
public final class SseParser {
    /** How long a line and the data of an event may be unless said otherwise: 16 MiB. */
    public static final int DEFAULT_MAX_BYTES = 16 << 20;

    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] NONE = {};
    private static final String MESSAGE = "message";

    private final SseHandler handler;
    private final int maxBytes;
    private final Bytes line = new Bytes(0);
    private final Bytes gathered = new Bytes(0);

    private int bomSeen;
    private boolean afterCr;
    private boolean overflowed;

    private int dataLines;
    private byte[] data = NONE;
    private int dataOffset;
    private int dataLength;
    private String type = "";
    private byte[] typeBytes = NONE;
    private String typeName = "";
    private String lastEventId = "";
    private Optional<SseEvent> pending = Optional.empty();

    /** A parser with the default bound. */
    public SseParser(SseHandler handler) {
        this(handler, DEFAULT_MAX_BYTES);
    }

    /**
     * A parser with a bound of its own.
     *
     * @param handler hears every complete event
     * @param maxBytes how long a line and the data of an event may be
     */
    public SseParser(SseHandler handler, int maxBytes) {
        this.handler = handler;
        this.maxBytes = maxBytes;
    }

    /** Takes the next bytes and tells the handler of every event they complete. The array is not kept. */
    public void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int at = bomSeen == BOM.length ? offset : skipBom(bytes, offset, end);
        while (at < end && !overflowed) {
            if (afterCr) {
                afterCr = false;
                if (bytes[at] == '\n') {
                    at++;
                    continue;
                }
            }
            int stop = at;
            while (stop < end && bytes[stop] != '\n' && bytes[stop] != '\r') {
                stop++;
            }
            if (stop == end) {
                keep(bytes, at, stop);
                break;
            }
            afterCr = bytes[stop] == '\r';
            endLine(bytes, at, stop);
            at = stop + 1;
        }
        keepData(bytes);
    }

    /**
     * Says that no more bytes come. An event without its closing blank line is not dispatched; {@link #pending()} shows it.
     *
     * @return true if there was such an event
     */
    public boolean finish() {
        if (bomSeen > 0 && bomSeen < BOM.length) {
            keep(BOM, 0, bomSeen);
            bomSeen = BOM.length;
        }
        if (line.length > 0 && !overflowed) {
            endLine(NONE, 0, 0);
        }
        if (dataLines > 0 && !overflowed) {
            String text = new String(data, dataOffset, dataLength, StandardCharsets.UTF_8);
            pending = Optional.of(new SseEvent(type.isEmpty() ? MESSAGE : type, text));
            reset();
        }
        return pending.isPresent();
    }

    /** The event that was still open when the input ended. */
    public Optional<SseEvent> pending() {
        return pending;
    }

    /** True once a line or an event was longer than the bound; from then on nothing is dispatched. */
    public boolean overflowed() {
        return overflowed;
    }

    /** The id of the last event that named one; empty if none did. */
    public String lastEventId() {
        return lastEventId;
    }

    private int skipBom(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end && bomSeen < BOM.length) {
            if (bytes[at] != BOM[bomSeen]) {
                keep(BOM, 0, bomSeen);
                bomSeen = BOM.length;
                return at;
            }
            at++;
            bomSeen++;
        }
        return at;
    }

    private void keep(byte[] bytes, int from, int to) {
        if (to - from > maxBytes - line.length) {
            overflowed = true;
            return;
        }
        line.append(bytes, from, to - from);
    }

    private void endLine(byte[] bytes, int from, int to) {
        if (line.length == 0 && to - from <= maxBytes) {
            line(bytes, from, to);
            return;
        }
        keep(bytes, from, to);
        if (!overflowed) {
            line(line.array, 0, line.length);
            keepData(line.array);
            line.length = 0;
        }
    }

    private void line(byte[] bytes, int from, int to) {
        if (from == to) {
            dispatch();
            return;
        }
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        int value = Math.min(to, colon + 1);
        if (value < to && bytes[value] == ' ') {
            value++;
        }
        if (is("data", bytes, from, colon)) {
            data(bytes, value, to);
        } else if (is("event", bytes, from, colon)) {
            type(bytes, value, to);
        } else if (is("id", bytes, from, colon)) {
            id(bytes, value, to);
        }
    }

    private static boolean is(String name, byte[] bytes, int from, int to) {
        if (to - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void data(byte[] bytes, int from, int to) {
        if (dataLines++ == 0) {
            data = bytes;
            dataOffset = from;
            dataLength = to - from;
            return;
        }
        if (to - from >= maxBytes - dataLength) {
            overflowed = true;
            return;
        }
        keepData(data);
        gathered.append('\n');
        gathered.append(bytes, from, to - from);
        data = gathered.array;
        dataLength = gathered.length;
    }

    /** Copies the data of the open event if it still stands in this array, which is about to be used for something else. */
    private void keepData(byte[] bytes) {
        if (dataLines == 0 || data != bytes || data == gathered.array) {
            return;
        }
        gathered.length = 0;
        gathered.append(data, dataOffset, dataLength);
        data = gathered.array;
        dataOffset = 0;
    }

    private void type(byte[] bytes, int from, int to) {
        if (!Arrays.equals(typeBytes, 0, typeBytes.length, bytes, from, to)) {
            typeBytes = Arrays.copyOfRange(bytes, from, to);
            typeName = new String(typeBytes, StandardCharsets.UTF_8);
        }
        type = typeName;
    }

    private void id(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return;
            }
        }
        lastEventId = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void dispatch() {
        if (dataLines == 0) {
            type = "";
            return;
        }
        String name = type.isEmpty() ? MESSAGE : type;
        byte[] bytes = data;
        int offset = dataOffset;
        int length = dataLength;
        reset();
        handler.event(name, bytes, offset, length);
    }

    private void reset() {
        dataLines = 0;
        data = NONE;
        dataOffset = 0;
        dataLength = 0;
        type = "";
    }
}
