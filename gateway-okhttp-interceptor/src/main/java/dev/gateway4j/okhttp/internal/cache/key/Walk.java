package dev.gateway4j.okhttp.internal.cache.key;

import java.nio.charset.StandardCharsets;

/** Walks through one object or array of a canonical document, without decoding anything. */
final class Walk {
    private final byte[] bytes;
    private int at;
    private int nameStart;
    private int nameEnd;
    private int start;
    private int end;

    /** Begins at a bracket. */
    Walk(byte[] bytes, int bracket) {
        this.bytes = bytes;
        this.at = bracket + 1;
    }

    /** Goes on to the next member; false if there is none. */
    boolean nextMember() {
        if (!goOn()) {
            return false;
        }
        nameStart = at + 1;
        nameEnd = stringEnd(bytes, at) - 1;
        value(nameEnd + 2);
        return true;
    }

    /** Goes on to the next element; false if there is none. */
    boolean nextElement() {
        if (!goOn()) {
            return false;
        }
        value(at);
        return true;
    }

    private boolean goOn() {
        if (bytes[at] == '}' || bytes[at] == ']') {
            return false;
        }
        if (bytes[at] == ',') {
            at++;
        }
        return true;
    }

    private void value(int from) {
        start = from;
        end = end(bytes, from);
        at = end;
    }

    /** Goes on to the member of this name, which has to be ASCII; false if there is none. */
    boolean findMember(String name) {
        while (nextMember()) {
            if (is(bytes, nameStart, nameEnd, name)) {
                return true;
            }
        }
        return false;
    }

    /** Where the name of the member begins, behind its quote. */
    int nameStart() {
        return nameStart;
    }

    /** Where the name of the member ends, before its quote. */
    int nameEnd() {
        return nameEnd;
    }

    /** Where the value begins. */
    int start() {
        return start;
    }

    /** Where the value ends. */
    int end() {
        return end;
    }

    /** True if the value is this, as it is written. */
    boolean is(String written) {
        return is(bytes, start, end, written);
    }

    /** True if these bytes are this ASCII text. */
    static boolean is(byte[] bytes, int from, int to, String text) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Where the value ends that begins here. */
    static int end(byte[] bytes, int from) {
        byte first = bytes[from];
        if (first == '"') {
            return stringEnd(bytes, from);
        }
        if (first == '{' || first == '[') {
            return containerEnd(bytes, from);
        }
        int at = from;
        while (bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
            at++;
        }
        return at;
    }

    private static int containerEnd(byte[] bytes, int from) {
        int depth = 0;
        int at = from;
        do {
            switch (bytes[at]) {
                case '"' -> at = stringEnd(bytes, at);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at++;
            }
        } while (depth > 0);
        return at;
    }

    private static int stringEnd(byte[] bytes, int quote) {
        int at = quote + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** The text of the string that begins with this quote. */
    static String text(byte[] bytes, int quote) {
        int end = stringEnd(bytes, quote) - 1;
        int at = quote + 1;
        StringBuilder text = new StringBuilder(end - at);
        while (at < end) {
            int plain = at;
            while (plain < end && bytes[plain] != '\\') {
                plain++;
            }
            text.append(new String(bytes, at, plain - at, StandardCharsets.UTF_8));
            at = plain < end ? escape(bytes, plain, text) : end;
        }
        return text.toString();
    }

    private static int escape(byte[] bytes, int from, StringBuilder text) {
        switch (bytes[from + 1]) {
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'n' -> text.append('\n');
            case 'r' -> text.append('\r');
            case 't' -> text.append('\t');
            case 'u' -> {
                String digits = new String(bytes, from + 2, 4, StandardCharsets.US_ASCII);
                text.append((char) Integer.parseInt(digits, 16));
                return from + 6;
            }
            default -> text.append((char) bytes[from + 1]);
        }
        return from + 2;
    }
}
