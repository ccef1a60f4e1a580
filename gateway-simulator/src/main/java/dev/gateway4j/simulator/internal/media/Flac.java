package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** FLAC whose frames hold the samples as they are. */
final class Flac {
    private static final int BLOCK = 4_096;
    private static final int HEAD = 42;
    private static final int FRAME_OVERHEAD = 16;
    private static final int CRC8 = 0x07;
    private static final int CRC16 = 0x8005;

    private Flac() {}

    static byte[] bytes(byte[] samples) {
        int count = samples.length / 2;
        int frames = (count + BLOCK - 1) / BLOCK;
        ByteBuffer file = ByteBuffer.allocate(HEAD + samples.length + frames * FRAME_OVERHEAD);
        file.put("fLaC".getBytes(StandardCharsets.US_ASCII)).putInt(0x80000022);
        file.putShort((short) BLOCK).putShort((short) BLOCK).putShort((short) 0).putInt(0);
        // 20 bits of rate, 3 of channels less one, 5 of sample size less one, 36 of length; then no checksum of it all.
        file.putLong((long) Voice.RATE << 44 | 15L << 36 | count).putLong(0).putLong(0);
        for (int number = 0; number < frames; number++) {
            frame(file, samples, number, Math.min(BLOCK, count - number * BLOCK));
        }
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void frame(ByteBuffer file, byte[] samples, int number, int length) {
        int start = file.position();
        // Fixed blocks; length told after the number; 24 kHz; one channel; 16 bits.
        file.putShort((short) 0xfff8).put((byte) 0x77).put((byte) 0x08);
        number(file, number);
        file.putShort((short) (length - 1));
        file.put((byte) sum(file, start, CRC8, Byte.SIZE));
        file.put((byte) 0x02);
        for (int i = number * BLOCK; i < number * BLOCK + length; i++) {
            file.put(samples[2 * i + 1]).put(samples[2 * i]);
        }
        file.putShort((short) sum(file, start, CRC16, Short.SIZE));
    }

    /** Written as UTF-8 writes characters. */
    private static void number(ByteBuffer file, int number) {
        if (number < 0x80) {
            file.put((byte) number);
        } else {
            file.put(new String(Character.toChars(number)).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int sum(ByteBuffer file, int from, int polynomial, int width) {
        int sum = 0;
        for (int i = from; i < file.position(); i++) {
            sum ^= (file.get(i) & 0xff) << (width - Byte.SIZE);
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                sum = sum << 1 ^ ((sum >> (width - 1) & 1) != 0 ? polynomial : 0);
            }
        }
        return sum;
    }
}
