package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;

/** MPEG-2 Layer III at 24 kHz and 32 kbit/s, one channel. A frame with empty side information is silent. */
final class SilentMp3 {
    private static final int SAMPLES = 576;
    private static final int FRAME = 96;
    private static final int HEAD = 0xfff344c4;

    private SilentMp3() {}

    static byte[] bytes(int samples, String mark) {
        byte[] tag = Remark.id3(mark);
        int frames = Math.max(1, (samples + SAMPLES - 1) / SAMPLES);
        ByteBuffer file = ByteBuffer.allocate(tag.length + frames * FRAME).put(tag);
        for (int at = tag.length; at < file.limit(); at += FRAME) {
            file.putInt(at, HEAD);
        }
        return file.array();
    }
}
