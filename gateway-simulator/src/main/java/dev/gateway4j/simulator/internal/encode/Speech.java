package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.plan.Choice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * An answer as sound: a hum of 16-bit mono at 24 kHz whose pitch follows the text, for at most two seconds.
 *
 * @param id the id by which it can be referred to
 * @param data the sound in base64
 * @param expires until when it can be referred to, in seconds since 1970
 * @param tokens what the sound is billed, besides its text
 */
public record Speech(String id, String data, long expires, long tokens) {
    private static final int RATE = 24_000;
    private static final int TOKENS_PER_SECOND = 20;
    private static final int MOST_SECONDS = 2;
    private static final int SAMPLES_PER_TOKEN = RATE / TOKENS_PER_SECOND;
    private static final int HEADER = 44;
    private static final int LOUDNESS = 6_000;
    private static final int LOWEST_PITCH = 140;
    private static final int PITCHES = 12;

    /**
     * The sound of an answer.
     *
     * @param choice what is said
     * @param format {@code pcm16} for the bare samples; anything else makes a WAV file
     * @param id its id
     * @param expires until when it is kept
     */
    public static Speech of(Choice choice, String format, String id, long expires) {
        int tokens = Math.max(1, Math.min(choice.text().tokens(), MOST_SECONDS * TOKENS_PER_SECOND));
        ByteBuffer sound = ByteBuffer.allocate(HEADER + tokens * SAMPLES_PER_TOKEN * Short.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        header(sound);
        String text = choice.text().text();
        double phase = 0;
        for (int token = 0; token < tokens; token++) {
            char letter = text.isEmpty() ? 'a' : text.charAt(token % text.length());
            double step = 2 * Math.PI * LOWEST_PITCH * StrictMath.pow(2, (letter % PITCHES) / (double) PITCHES) / RATE;
            for (int i = 0; i < SAMPLES_PER_TOKEN; i++) {
                phase += step;
                sound.putShort((short) (StrictMath.sin(phase) * LOUDNESS));
            }
        }
        boolean bare = format.equals("pcm16");
        ByteBuffer sent = ByteBuffer.wrap(sound.array(), bare ? HEADER : 0, sound.capacity() - (bare ? HEADER : 0));
        String data = StandardCharsets.ISO_8859_1
                .decode(Base64.getEncoder().encode(sent))
                .toString();
        return new Speech(id, data, expires, tokens);
    }

    private static void header(ByteBuffer sound) {
        int samples = sound.capacity() - HEADER;
        sound.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(HEADER - 8 + samples);
        sound.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        sound.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * Short.BYTES);
        sound.putShort((short) Short.BYTES).putShort((short) Short.SIZE);
        sound.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples);
    }
}
