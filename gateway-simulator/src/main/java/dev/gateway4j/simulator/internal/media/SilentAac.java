package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;

/** AAC-LC at 24 kHz, one channel, in ADTS frames. */
final class SilentAac {
    private static final int SAMPLES = 1_024;
    /** Seven bytes of header, of which the length is part, and a block with no spectrum. */
    private static final byte[] FRAME = {
        (byte) 0xff,
        (byte) 0xf1,
        0x58,
        0x40,
        0x01,
        (byte) 0xbf,
        (byte) 0xfc,
        0x00,
        (byte) 0xc8,
        0x00,
        (byte) 0x80,
        0x23,
        (byte) 0x80
    };

    private SilentAac() {}

    static byte[] bytes(int samples, String mark) {
        byte[] tag = Remark.id3(mark);
        int frames = Math.max(1, (samples + SAMPLES - 1) / SAMPLES);
        ByteBuffer file =
                ByteBuffer.allocate(tag.length + frames * FRAME.length).put(tag);
        for (int i = 0; i < frames; i++) {
            file.put(FRAME);
        }
        return file.array();
    }
}
