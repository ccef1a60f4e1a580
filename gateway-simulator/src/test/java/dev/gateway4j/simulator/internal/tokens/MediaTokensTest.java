package dev.gateway4j.simulator.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTokensTest {
    @ParameterizedTest(name = "{0} {1}x{2} {3}")
    @CsvSource({
        "gpt-4o,1024,1024,high,765",
        "gpt-4o,2048,4096,high,1105",
        "gpt-4o,512,512,auto,255",
        "gpt-4o,4096,8192,low,85",
        "gpt-4o-mini,512,512,high,8500",
        "gpt-4o-mini,512,512,low,2833",
        "gpt-5,1024,1024,high,1024",
        "gpt-5,1800,2400,high,1452",
        "gpt-4.1-mini,1024,1024,high,1659",
        "gpt-5,1024,1024,low,85"
    })
    void pictures_cost_by_their_size(String model, int width, int height, String detail, int tokens) {
        byte[] png = ByteBuffer.allocate(32)
                .putInt(0x89504e47)
                .putInt(0x0d0a1a0a)
                .putInt(13)
                .putInt(0x49484452)
                .putInt(width)
                .putInt(height)
                .array();

        assertThat(MediaTokens.image(model, url("png", png), detail)).isEqualTo(tokens);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "gif,474946383961580220030000",
        "webp,52494646000000005745425056503858000000000000000057020001F03000",
        "jpeg,FFD8FFE000104A46494600010100000100010000FFC0001108032002580301"
    })
    void sizes_are_read_from_the_usual_formats(String format, String head) {
        byte[] bytes = java.util.HexFormat.of().parseHex(head);

        PictureSize size = PictureSize.of(url(format, bytes));

        assertThat(size.width()).isEqualTo(600);
    }

    private static String url(String format, byte[] bytes) {
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
