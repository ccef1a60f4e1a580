package dev.gateway4j.cassette.internal.replay;

import java.util.Arrays;

/**
 * Finds where the events of a body end, so that it can be sent one by one. Whatever the bytes are, the pieces put together are the body;
 * what follows the last event is a piece of its own.
 */
enum EventCutter {
    /** Everything is one piece. */
    WHOLE {
        @Override
        int end(byte[] body, int from) {
            return body.length;
        }
    },

    /**
     * Server-sent events. A line ends with CRLF, LF or CR, an event with an empty line; further empty lines belong to the event before them,
     * and those at the very beginning to the first event.
     */
    SSE {
        @Override
        int end(byte[] body, int from) {
            int at = from == 0 ? blankLines(body, 0) : from;
            while (at < body.length) {
                at = nextLine(body, at);
                int after = blankLines(body, at);
                if (after > at) {
                    return after;
                }
            }
            return body.length;
        }
    },

    /** One JSON value a line. */
    LINES {
        @Override
        int end(byte[] body, int from) {
            int at = from;
            while (at < body.length && body[at] != '\n') {
                at++;
            }
            return Math.min(at + 1, body.length);
        }
    },

    /** The event stream of AWS: every message begins with its length in four bytes. */
    AWS {
        @Override
        int end(byte[] body, int from) {
            if (body.length - from < SMALLEST_MESSAGE) {
                return body.length;
            }
            int length = (body[from] & 0xff) << 24
                    | (body[from + 1] & 0xff) << 16
                    | (body[from + 2] & 0xff) << 8
                    | (body[from + 3] & 0xff);
            return length < SMALLEST_MESSAGE || length > body.length - from ? body.length : from + length;
        }
    };

    private static final int SMALLEST_MESSAGE = 16;

    /** How a body of this content type is cut. */
    static EventCutter of(String contentType) {
        if (isType(contentType, "text/event-stream")) {
            return SSE;
        }
        if (isType(contentType, "application/x-ndjson") || isType(contentType, "application/jsonl")) {
            return LINES;
        }
        return isType(contentType, "application/vnd.amazon.eventstream") ? AWS : WHOLE;
    }

    private static boolean isType(String contentType, String type) {
        return contentType.regionMatches(true, 0, type, 0, type.length());
    }

    /** Where the piece that begins there ends. */
    abstract int end(byte[] body, int from);

    /** Where all pieces end; nothing for an empty body. */
    int[] ends(byte[] body) {
        int[] ends = new int[16];
        int count = 0;
        for (int at = 0; at < body.length; count++) {
            at = end(body, at);
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count] = at;
        }
        return Arrays.copyOf(ends, count);
    }

    /** Behind all line ends that follow one another from here. */
    private static int blankLines(byte[] body, int from) {
        int at = from;
        while (at < body.length && isLineEnd(body[at])) {
            at++;
        }
        return at;
    }

    /** Behind the line that begins here and its end, of which CRLF is one. */
    private static int nextLine(byte[] body, int from) {
        int at = from;
        while (at < body.length && !isLineEnd(body[at])) {
            at++;
        }
        boolean both = at + 1 < body.length && body[at] == '\r' && body[at + 1] == '\n';
        return Math.min(at + (both ? 2 : 1), body.length);
    }

    private static boolean isLineEnd(byte b) {
        return b == '\n' || b == '\r';
    }
}
