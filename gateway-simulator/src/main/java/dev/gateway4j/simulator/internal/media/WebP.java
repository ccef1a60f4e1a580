package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Lossless WebP in a single colour: each of its five codes has one symbol, so that pixels need no bits at all. */
final class WebP {
    private static final int SIGNATURE = 0x2f;
    private static final int SIZE_BITS = 14;
    private static final int BYTES = 32;

    private final ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long bits;
    private int count;

    private WebP() {}

    static byte[] bytes(Picture picture) {
        WebP webP = new WebP();
        webP.put(SIGNATURE, 8);
        webP.put(picture.width() - 1, SIZE_BITS);
        webP.put(picture.height() - 1, SIZE_BITS);
        webP.put(picture.transparent() ? 1 : 0, 1);
        webP.put(0, 3);
        // No transform, no cache of colours, one group of codes.
        webP.put(0, 3);
        int colour = picture.colours()[Picture.COLOURS / 2];
        webP.only(colour >> 8 & 0xff);
        webP.only(colour >> 16 & 0xff);
        webP.only(colour & 0xff);
        webP.only(0xff);
        webP.only(0);
        return webP.file();
    }

    private void only(int symbol) {
        // A simple code of one symbol, which has eight bits.
        put(0b101, 3);
        put(symbol, 8);
    }

    private void put(int value, int length) {
        bits |= (long) value << count;
        count += length;
        while (count >= Byte.SIZE) {
            out.put((byte) bits);
            bits >>>= Byte.SIZE;
            count -= Byte.SIZE;
        }
    }

    private byte[] file() {
        put(0, Byte.SIZE - 1);
        int length = out.position();
        int padded = length + length % 2;
        ByteBuffer file = ByteBuffer.allocate(20 + padded).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(12 + padded).put(ascii("WEBPVP8L")).putInt(length);
        file.put(out.array(), 0, length);
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
