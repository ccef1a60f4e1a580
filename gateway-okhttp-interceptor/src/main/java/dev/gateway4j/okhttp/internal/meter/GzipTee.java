package dev.gateway4j.okhttp.internal.meter;

import dev.gateway4j.api.openai.AnswerReader;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Shows the reader what a gzipped answer says. OkHttp unpacks answers itself unless the application asked for gzip, in which case the bytes
 * on their way to it are packed; they stay so. Holds one window of memory, whatever the length of the answer.
 */
final class GzipTee {
    private static final int MAX_HEADER = 64 * 1024;

    private final AnswerReader reader;
    private final Inflater inflater = new Inflater(true);
    private final byte[] window = new byte[8 * 1024];
    private byte[] header = new byte[0];
    private boolean inBody;
    private boolean over;

    GzipTee(AnswerReader reader) {
        this.reader = reader;
    }

    void feed(byte[] data, int offset, int length) {
        if (over) {
            return;
        }
        if (inBody) {
            inflate(data, offset, length);
            return;
        }
        header = append(header, data, offset, length);
        int body = bodyStart(header);
        if (body >= 0) {
            inBody = true;
            inflate(header, body, header.length - body);
            header = new byte[0];
        } else if (header.length > MAX_HEADER) {
            stop();
        }
    }

    private void inflate(byte[] data, int offset, int length) {
        inflater.setInput(data, offset, length);
        try {
            while (!inflater.finished()) {
                int count = inflater.inflate(window);
                if (count == 0) {
                    return; // wants more input
                }
                reader.feed(window, 0, count);
            }
        } catch (DataFormatException e) {
            stop();
            return;
        }
        stop();
    }

    /** Frees the memory of the inflater. Idempotent. */
    void close() {
        stop();
    }

    private void stop() {
        over = true;
        inflater.end();
    }

    /** Where the deflated bytes begin; -1 while the header is not complete. Its layout is RFC 1952, section 2.3. */
    private static int bodyStart(byte[] bytes) {
        if (bytes.length < 10) {
            return -1;
        }
        int flags = bytes[3];
        int at = 10;
        if ((flags & 4) != 0) {
            if (bytes.length < at + 2) {
                return -1;
            }
            at += 2 + (bytes[at] & 0xff) + ((bytes[at + 1] & 0xff) << 8);
        }
        for (int text = Integer.bitCount(flags & (8 | 16)); text > 0; text--) {
            while (at < bytes.length && bytes[at] != 0) {
                at++;
            }
            at++;
        }
        at += (flags & 2) != 0 ? 2 : 0;
        return at <= bytes.length ? at : -1;
    }

    private static byte[] append(byte[] head, byte[] data, int offset, int length) {
        byte[] joined = Arrays.copyOf(head, head.length + length);
        System.arraycopy(data, offset, joined, head.length, length);
        return joined;
    }
}
