package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A remark at the head of a file: one user text of ID3 version 2.3, which players skip. */
final class Remark {
    private static final int HEAD = 10;
    private static final byte[] NAME = "\0gateway4j\0".getBytes(StandardCharsets.ISO_8859_1);

    private Remark() {}

    static byte[] id3(String mark) {
        byte[] text = mark.getBytes(StandardCharsets.ISO_8859_1);
        int content = NAME.length + text.length;
        ByteBuffer tag = ByteBuffer.allocate(2 * HEAD + content);
        tag.put("ID3".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 3)
                .put((byte) 0)
                .put((byte) 0);
        // Seven bits a byte; a remark is short, so only the last one is needed.
        tag.putInt(HEAD + content);
        tag.put("TXXX".getBytes(StandardCharsets.US_ASCII)).putInt(content).putShort((short) 0);
        return tag.put(NAME).put(text).array();
    }
}
