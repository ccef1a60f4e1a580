package dev.gateway4j.api.openai;

import java.nio.charset.StandardCharsets;

/**
 * Tells in one pass whether an event may say something that matters. It may err on the side of yes, since a parser has the last word; a
 * name inside a string cannot mislead it often, because there its quotes are escaped.
 */
final class EventScan {
    private static final byte[] USAGE = ascii("usage\"");
    private static final byte[] FINISH_REASON = ascii("finish_reason\"");
    private static final byte[] ERROR = ascii("error\"");
    private static final byte[] MODEL = ascii("model\"");
    private static final byte[] INDEX = ascii("index\"");
    private static final byte[] TYPE = ascii("type\"");

    private EventScan() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * True if the event has to be parsed.
     *
     * @param modelWanted true while no model is known
     * @param choiceWanted true while no choice was seen
     */
    static boolean isCandidate(byte[] data, int offset, int length, boolean modelWanted, boolean choiceWanted) {
        int end = offset + length;
        for (int i = offset; i + 1 < end; i++) {
            if (data[i] == '"' && matters(data, i + 1, end, modelWanted, choiceWanted)) {
                return true;
            }
        }
        return false;
    }

    /** True if the name that may start here is one that matters and has a value that matters. */
    private static boolean matters(byte[] data, int at, int end, boolean modelWanted, boolean choiceWanted) {
        return switch (data[at]) {
            case 'u' -> saysSomething(data, at, end, USAGE);
            case 'f' -> saysSomething(data, at, end, FINISH_REASON);
            case 'e' -> saysSomething(data, at, end, ERROR);
            case 'm' -> modelWanted && saysSomething(data, at, end, MODEL);
            case 'i' -> isNewChoice(data, at, end, choiceWanted);
            case 't' -> isEnd(data, at, end);
            default -> false;
        };
    }

    /** The index of the first byte of the member's value; -1 if no member of that name starts here. */
    private static int value(byte[] data, int at, int end, byte[] name) {
        if (end - at < name.length) {
            return -1;
        }
        for (int i = 0; i < name.length; i++) {
            if (data[at + i] != name[i]) {
                return -1;
            }
        }
        int colon = blanks(data, at + name.length, end);
        if (colon >= end || data[colon] != ':') {
            return -1;
        }
        int value = blanks(data, colon + 1, end);
        return value < end ? value : -1;
    }

    private static int blanks(byte[] data, int at, int end) {
        int next = at;
        while (next < end && (data[next] == ' ' || data[next] == '\n' || data[next] == '\r' || data[next] == '\t')) {
            next++;
        }
        return next;
    }

    private static boolean saysSomething(byte[] data, int at, int end, byte[] name) {
        int value = value(data, at, end, name);
        return value >= 0 && data[value] != 'n';
    }

    /** A chunk of a choice that may not have been seen: whether that one is finished must be known too. */
    private static boolean isNewChoice(byte[] data, int at, int end, boolean choiceWanted) {
        int value = value(data, at, end, INDEX);
        return value >= 0 && (choiceWanted || data[value] != '0');
    }

    /** The type of an event that ends a stream, for streams that name it in the JSON alone. */
    private static boolean isEnd(byte[] data, int at, int end) {
        int value = value(data, at, end, TYPE);
        if (value < 0 || data[value] != '"') {
            return false;
        }
        int close = value + 1;
        while (close < end && data[close] != '"') {
            close++;
        }
        return isEndType(data, value + 1, close);
    }

    private static boolean isEndType(byte[] data, int from, int to) {
        return endsWith(data, from, to, "error")
                || endsWith(data, from, to, "done")
                || endsWith(data, from, to, "completed")
                || endsWith(data, from, to, "incomplete")
                || endsWith(data, from, to, "failed");
    }

    private static boolean endsWith(byte[] data, int from, int to, String suffix) {
        int start = to - suffix.length();
        if (start < from) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (data[start + i] != suffix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
