package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
    @Test
    void agrees_with_the_decoder_of_the_jdk() {
        byte[] interesting = {
            'a',
            'z',
            (byte) 0x80,
            (byte) 0xBF,
            (byte) 0xC0,
            (byte) 0xC2,
            (byte) 0xC3,
            (byte) 0xE0,
            (byte) 0xA0,
            (byte) 0xED,
            (byte) 0x9F,
            (byte) 0xEF,
            (byte) 0xF0,
            (byte) 0x90,
            (byte) 0xF4,
            (byte) 0x8F,
            (byte) 0xF5,
            (byte) 0xFF
        };
        Random random = new Random(5);
        int valid = 0;

        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(14)];
            boolean sparse = random.nextBoolean();
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] =
                        sparse && random.nextInt(4) > 0 ? (byte) 'x' : interesting[random.nextInt(interesting.length)];
            }
            assertThat(Utf8.isValid(bytes)).as("%s", bytes).isEqualTo(decodes(bytes));
            valid += Utf8.isValid(bytes) ? 1 : 0;
        }
        assertThat(valid).isBetween(1000, 199_000);
    }

    private static boolean decodes(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)) != null;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
