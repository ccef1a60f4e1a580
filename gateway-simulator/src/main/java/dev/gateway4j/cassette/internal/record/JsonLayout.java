package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.cassette.RecordedBody;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Writes JSON without blanks over several lines, two blanks deep, and changes nothing else: no digit of a number, no escape of a string,
 * no order of keys. Taking all blanks outside of strings out again gives back the same bytes.
 */
final class JsonLayout {
    /** The value of {@code x-layout} for a body that was laid out. */
    static final String COMPACT = "compact";

    // Deeper ones would become mostly blanks.
    private static final int MAX_DEPTH = 200;

    private final byte[] compact;
    private final ByteArrayOutputStream out;
    private final StringBuilder open = new StringBuilder();

    private JsonLayout(byte[] compact) {
        this.compact = compact;
        this.out = new ByteArrayOutputStream(compact.length + compact.length / 4);
    }

    /** The body over several lines; empty if it is not JSON without any blank, or would stay as it is. */
    static Optional<RecordedBody> spread(RecordedBody body) {
        if (body.isEmpty() || body.text().isEmpty()) {
            return Optional.empty();
        }
        JsonLayout layout = new JsonLayout(body.bytes());
        return layout.spread() && layout.out.size() > body.length()
                ? Optional.of(RecordedBody.of(layout.out.toByteArray()))
                : Optional.empty();
    }

    private boolean spread() {
        for (int at = 0; at < compact.length; at++) {
            byte b = compact[at];
            if (b == '"') {
                int end = endOfString(at);
                if (end < 0) {
                    return false;
                }
                out.write(compact, at, end - at + 1);
                at = end;
            } else if (!structure(b, at)) {
                return false;
            }
        }
        return open.length() == 0;
    }

    private boolean structure(byte b, int at) {
        switch (b) {
            case ' ', '\t', '\r', '\n' -> {
                return false;
            }
            case '{', '[' -> {
                open(b, at);
                return open.length() <= MAX_DEPTH;
            }
            case '}', ']' -> {
                return close(b, at);
            }
            case ',' -> {
                out.write(b);
                newLine();
            }
            case ':' -> {
                out.write(b);
                out.write(' ');
            }
            default -> out.write(b);
        }
        return true;
    }

    private void open(byte b, int at) {
        open.append(b == '{' ? '}' : ']');
        out.write(b);
        boolean empty = at + 1 < compact.length && compact[at + 1] == open.charAt(open.length() - 1);
        if (!empty) {
            newLine();
        }
    }

    private boolean close(byte b, int at) {
        int depth = open.length() - 1;
        if (depth < 0 || open.charAt(depth) != b) {
            return false;
        }
        open.setLength(depth);
        boolean empty = compact[at - 1] == '{' || compact[at - 1] == '[';
        if (!empty) {
            newLine();
        }
        out.write(b);
        return true;
    }

    private void newLine() {
        out.write('\n');
        for (int i = 0; i < open.length(); i++) {
            out.write(' ');
            out.write(' ');
        }
    }

    private int endOfString(int from) {
        for (int at = from + 1; at < compact.length; at++) {
            if (compact[at] == '\\') {
                at++;
            } else if (compact[at] == '"') {
                return at;
            }
        }
        return -1;
    }
}
