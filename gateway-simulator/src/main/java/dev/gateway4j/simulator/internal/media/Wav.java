package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV with plain samples. */
final class Wav {
    private static final int HEAD = 44;

    private Wav() {}

    static byte[] bytes(byte[] samples) {
        ByteBuffer file = ByteBuffer.allocate(HEAD + samples.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(ascii("RIFF")).putInt(HEAD - 8 + samples.length).put(ascii("WAVE"));
        file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
        file.putInt(Voice.RATE).putInt(Voice.RATE * 2).putShort((short) 2).putShort((short) 16);
        file.put(ascii("data")).putInt(samples.length).put(samples);
        return file.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
