package dev.gateway4j.cassette.internal.replay;

import java.util.Arrays;

/** JSON without the blanks between its tokens. */
final class Layout {
    private Layout() {}

    /** The document without blanks outside strings; everything else stays as it is, the spelling of numbers included. */
    static byte[] compact(byte[] json) {
        byte[] compact = new byte[json.length];
        int length = 0;
        boolean string = false;
        for (int i = 0; i < json.length; i++) {
            byte b = json[i];
            if (b == '"') {
                string = !string;
            } else if (string && b == '\\' && i + 1 < json.length) {
                compact[length++] = b;
                b = json[++i];
            } else if (!string && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
                continue;
            }
            compact[length++] = b;
        }
        return Arrays.copyOf(compact, length);
    }
}
