package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for any exchange: scrubbed once is scrubbed, the same every time, and the guard has nothing to say. */
class ScrubPropertiesTest {
    private final Scrubber scrubber = Scrubber.of(
            new CassetteConfig.Scrub(List.of(), Set.of(CassetteConfig.Pii.values()), List.of("Ada", "Lovelace")));

    @Test
    void any_text_is_clean_after_one_scrub() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            String text = text(random);
            byte[] bytes = i % 5 == 0 ? broken(text, random) : text.getBytes(StandardCharsets.UTF_8);

            check(i % 3 == 0 ? Exchanges.form(text) : Exchanges.answering(RecordedBody.of(bytes)), text);
        }
    }

    @Test
    void any_url_is_clean_after_one_scrub() {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            String url = "https://host.example/" + text(random).replaceAll("[^!-~]", "");

            check(Exchanges.to(url), url);
        }
    }

    private void check(Interaction interaction, String text) {
        Interaction once = scrubber.scrub(interaction);
        assertThat(scrubber.scrub(once)).as(text).isEqualTo(once);
        assertThat(scrubber.scrub(interaction)).as(text).isEqualTo(once);
        assertThat(LeakGuard.find(once)).as(text).isEmpty();
    }

    private static String text(Random random) {
        List<String> pieces =
                new ArrayList<>(Canaries.ALONE.values().stream().sorted().toList());
        pieces.addAll(Canaries.IN_TEXT);
        pieces.addAll(Canaries.MEMBERS);
        List<String> glue = List.of(
                "\"",
                "\\",
                "\\\"",
                ":",
                "=",
                "&",
                "?",
                "%",
                "%2",
                "%20",
                " ",
                "\n",
                "\r\n",
                "{",
                "}",
                "[",
                "]",
                ",",
                "-",
                "_",
                ".",
                "/",
                "data: ",
                "{\"delta\":\"",
                "\"}\n\n",
                "api_key",
                "password",
                "sig",
                "x",
                "é",
                "\u0000",
                "@",
                "://",
                "Bearer ",
                "sk-",
                "+1 ",
                "415-",
                "Ada",
                "ada@canary.example",
                "\\u00",
                "https://",
                "scrubbed",
                "name=\"secret\"\r\n\r\n");
        StringBuilder text = new StringBuilder();
        for (int n = 1 + random.nextInt(12); n > 0; n--) {
            String piece = random.nextInt(3) == 0
                    ? pieces.get(random.nextInt(pieces.size())).replaceAll("[«»]", "")
                    : glue.get(random.nextInt(glue.size()));
            int from = random.nextInt(4) == 0 ? random.nextInt(piece.length()) : 0;
            String cut = piece.substring(from);
            text.append(
                    random.nextInt(8) == 0
                            ? Base64.getEncoder().encodeToString(cut.getBytes(StandardCharsets.UTF_8))
                            : cut);
        }
        return text.toString();
    }

    private static byte[] broken(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        bytes[random.nextInt(bytes.length)] = (byte) 0xff;
        return bytes;
    }
}
