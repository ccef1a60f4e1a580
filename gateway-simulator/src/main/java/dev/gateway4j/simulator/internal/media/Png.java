package dev.gateway4j.simulator.internal.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG with sixteen indexed colours. Rows that repeat the one above are written as differences, so a large picture stays small. */
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte BITS = 4;
    private static final byte INDEXED = 3;
    private static final byte AS_IT_IS = 0;
    private static final byte LESS_THE_ROW_ABOVE = 2;

    private Png() {}

    static byte[] bytes(Picture picture) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        out.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put(BITS)
                .put(INDEXED)
                .array();
        chunk(out, "IHDR", header);
        chunk(out, "PLTE", palette(picture.colours()));
        if (picture.transparent()) {
            chunk(out, "tRNS", new byte[] {0});
        }
        chunk(out, "IDAT", rows(picture));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] palette(int[] colours) {
        ByteBuffer palette = ByteBuffer.allocate(colours.length * 3);
        for (int colour : colours) {
            palette.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        return palette.array();
    }

    private static byte[] rows(Picture picture) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
            byte[] buffer = new byte[4096];
            byte[] same = new byte[1 + (picture.width() + 1) / 2];
            same[0] = LESS_THE_ROW_ABOVE;
            for (int y = 0; y < picture.height(); y++) {
                boolean repeats = y > 0 && picture.row(y) == picture.row(y - 1);
                deflater.setInput(repeats ? same : row(picture, y));
                drain(deflater, buffer, out);
            }
            deflater.finish();
            drain(deflater, buffer, out);
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void drain(Deflater deflater, byte[] buffer, ByteArrayOutputStream out) {
        int count = deflater.deflate(buffer);
        while (count > 0) {
            out.write(buffer, 0, count);
            count = deflater.deflate(buffer);
        }
    }

    private static byte[] row(Picture picture, int y) {
        byte[] row = new byte[1 + (picture.width() + 1) / 2];
        row[0] = AS_IT_IS;
        for (int x = 0; x < picture.width(); x++) {
            int colour = picture.at(x, y);
            int at = 1 + x / 2;
            row[at] = (byte) (row[at] | (x % 2 == 0 ? colour << BITS : colour));
        }
        return row;
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(name);
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
