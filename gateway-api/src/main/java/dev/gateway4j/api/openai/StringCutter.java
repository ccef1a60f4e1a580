package dev.gateway4j.api.openai;

/**
 * Passes JSON on with its long strings shortened, because the parser would otherwise hold a whole image in memory that nobody asks for.
 * Only plain ASCII is left out, so what is passed on is JSON if and only if the input is.
 */
final class StringCutter {
    private static final int KEEP = 4096;

    private final Sink sink;
    private boolean inString;
    private boolean escaped;
    private int kept;

    StringCutter(Sink sink) {
        this.sink = sink;
    }

    void feed(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int from = offset;
        for (int at = offset; at < end; at++) {
            byte b = bytes[at];
            if (!inString) {
                if (b == '"') {
                    inString = true;
                    kept = 0;
                }
            } else if (escaped) {
                escaped = false;
                kept = 0; // whatever belongs to the escape is within the part that is passed on
            } else if (b == '"') {
                inString = false;
            } else if (b == '\\') {
                escaped = true;
            } else if (++kept > KEEP && isPlain(b)) {
                sink.bytes(bytes, from, at - from);
                while (at + 1 < end && isPlain(bytes[at + 1])) {
                    at++;
                }
                from = at + 1;
            }
        }
        sink.bytes(bytes, from, end - from);
    }

    private static boolean isPlain(byte b) {
        return b >= ' ' && b < 0x7F && b != '"' && b != '\\';
    }

    /** Takes what is passed on. */
    interface Sink {
        void bytes(byte[] bytes, int offset, int length);
    }
}
