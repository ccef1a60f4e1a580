package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTest {
    private final SecretScanner scanner = new SecretScanner();

    @Test
    void a_secret_is_found_where_it_stands() {
        scanner.register(Secret.of("blue", "sk-test-blue-0000"));

        assertThat(scanner.find(bytes("key: sk-test-blue-0000.")))
                .contains(new SecretScanner.Finding("blue", 5, "sk-test-blue-0000".length()));
        assertThat(scanner.find(bytes("key: sk-test-blue-000"))).isEmpty();
    }

    @Test
    void every_secret_is_replaced_by_its_name() {
        scanner.register(Secret.of("blue", "sk-test-blue-0000"));
        scanner.register(Secret.of("green", "sk-test-green-0000"));

        assertThat(scanner.scrub("sk-test-green-0000|é|sk-test-blue-0000sk-test-blue-0000"))
                .isEqualTo("[secret:green]|é|[secret:blue][secret:blue]");
    }

    @Test
    void a_secret_that_begins_like_another_leaves_no_tail() {
        scanner.register(Secret.of("short", "sk-test-0000"));
        scanner.register(Secret.of("long", "sk-test-0000-and-more"));

        assertThat(scanner.scrub("<sk-test-0000-and-more><sk-test-0000>")).isEqualTo("<[secret:long]><[secret:short]>");
    }

    @Test
    void what_holds_no_secret_is_given_back_itself() {
        scanner.register(Secret.of("blue", "sk-test-blue-0000"));
        byte[] clean = bytes("nothing here");

        assertThat(scanner.scrub(clean)).isSameAs(clean);
    }

    @Test
    void the_shared_scanner_knows_every_secret_that_was_made() {
        Secret secret = Secret.of("registered", "sk-test-registered-0000");

        assertThat(SecretScanner.shared().find(bytes("x" + secret.reveal()))).isPresent();
    }

    @Test
    void a_secret_is_found_inside_base64_at_every_alignment() {
        Random random = new Random(1);
        for (int length = 8; length < 40; length++) {
            String value = randomKey(random, length);
            SecretScanner one = new SecretScanner();
            one.register(Secret.of("key", value));
            for (int before = 0; before < 7; before++) {
                String text = "u".repeat(before) + value + "?".repeat(random.nextInt(5));
                String encoded = Base64.getEncoder().encodeToString(bytes(text));
                String urlSafe = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
                assertThat(one.find(bytes("Basic " + encoded)))
                        .as("%s before, value of %s", before, length)
                        .isPresent();
                assertThat(one.find(bytes("?state=" + urlSafe)))
                        .as("%s before, value of %s, URL-safe", before, length)
                        .isPresent();
            }
        }
    }

    @Test
    void the_url_safe_alphabet_is_looked_for_where_it_differs() {
        scanner.register(Secret.of("odd", "sk?>~?>~?>~-0000"));

        String encoded = Base64.getUrlEncoder().encodeToString(bytes("sk?>~?>~?>~-0000"));

        assertThat(encoded).containsAnyOf("-", "_");
        assertThat(scanner.scrub("?state=" + encoded)).startsWith("?state=[secret:odd]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "EMPTY", "ollama", "dummies"})
    void a_dummy_of_fewer_than_8_characters_is_not_looked_for(String dummy) {
        scanner.register(Secret.of("local", dummy));

        assertThat(scanner.scrub("ordinary text with " + dummy + " in it"))
                .isEqualTo("ordinary text with " + dummy + " in it");
        assertThat(scanner.size()).isZero();
    }

    @Test
    void a_secret_of_8_characters_is_looked_for() {
        scanner.register(Secret.of("tiny", "test-008"));

        assertThat(scanner.scrub("<test-008>")).isEqualTo("<[secret:tiny]>");
    }

    @Test
    void a_secret_that_is_read_again_and_again_is_kept_once() {
        scanner.register(Secret.of("blue", "sk-test-blue-0000"));
        int once = scanner.size();

        for (int i = 0; i < 100; i++) {
            scanner.register(Secret.of("blue", "sk-test-blue-0000"));
        }

        assertThat(scanner.size()).isEqualTo(once).isPositive();
    }

    @Test
    void no_text_keeps_a_secret_after_it_was_scrubbed() {
        Random random = new Random(2);
        String blue = "sk-test-blue-0000";
        String green = "blue-0000-sk-test";
        scanner.register(Secret.of("b", blue));
        scanner.register(Secret.of("g", green));

        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(6); pieces >= 0; pieces--) {
                String piece = random.nextBoolean() ? blue : green;
                text.append(piece, random.nextInt(3) == 0 ? random.nextInt(8) : 0, piece.length());
            }
            assertThat(scanner.scrub(text.toString())).doesNotContain(blue).doesNotContain(green);
        }
    }

    @Test
    void all_secrets_are_found_in_order_even_where_they_overlap() {
        scanner.register(Secret.of("one", "sk-test-blue"));
        scanner.register(Secret.of("two", "blue-0000-sk"));
        scanner.register(Secret.of("long", "sk-test-blue-0000"));

        assertThat(scanner.findAll(bytes("..sk-test-blue-0000-sk..sk-test-blue")))
                .containsExactly(
                        new SecretScanner.Finding("long", 2, 17),
                        new SecretScanner.Finding("one", 2, 12),
                        new SecretScanner.Finding("two", 10, 12),
                        new SecretScanner.Finding("one", 24, 12));
    }

    @Test
    void one_of_many_secrets_is_found_wherever_it_stands() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            scanner.register(Secret.of("key" + i, randomKey(random, 8 + random.nextInt(40))));
        }
        String sought = randomKey(random, 12);
        scanner.register(Secret.of("sought", sought));

        for (int before = 0; before < 9; before++) {
            assertThat(scanner.findAll(bytes(".".repeat(before) + sought)))
                    .containsExactly(new SecretScanner.Finding("sought", before, 12));
        }
        assertThat(scanner.findAll(bytes(sought.substring(1)))).isEmpty();
        assertThat(scanner.findAll(bytes("abc"))).isEmpty();
    }

    private static String randomKey(Random random, int length) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < length; i++) {
            key.append((char) ('!' + random.nextInt('~' - '!' + 1)));
        }
        return key.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
