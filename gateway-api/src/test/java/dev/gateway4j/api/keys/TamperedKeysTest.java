package dev.gateway4j.api.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.keys.SealedFile.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sealed file that was tampered with is not opened. Each key that a password gives is derived once, so that thousands of wrong files take
 * seconds; everything behind the derivation is done for each of them.
 */
class TamperedKeysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:30:00Z");
    private static final SealedKey BLUE = new SealedKey("blue", "staging", Optional.of("openai"), NOW);
    private static final SealedKey GREEN = new SealedKey("green", "staging", Optional.empty(), NOW);
    private static final SealedKey LIVE = new SealedKey("blue", "production", Optional.empty(), NOW);

    private final CachedDerivation derivation = new CachedDerivation();
    private final char[] password = "correct horse battery".toCharArray();

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private byte[] genuine = {};

    @BeforeEach
    void seal() throws IOException {
        file = directory.resolve("keys.sealed");
        SealedKeys keys = SealedKeys.create(password, Derivation.MIN_ITERATIONS, derivation);
        keys = with(keys, BLUE, "sk-test-tampered-0001");
        keys = with(keys, GREEN, "sk-test-tampered-0002");
        with(keys, LIVE, "sk-test-tampered-0003").write(file);
        genuine = Files.readAllBytes(file);
    }

    @Test
    void a_file_with_one_flipped_byte_is_refused_wherever_it_is() throws IOException {
        assertOpens(genuine);
        Random random = new Random(7);
        for (int at = 0; at < genuine.length; at++) {
            for (int bits : new int[] {1, 1 + random.nextInt(255)}) {
                byte[] changed = genuine.clone();
                changed[at] ^= (byte) bits;
                assertRefused(changed);
            }
        }
    }

    @Test
    void a_file_cut_short_or_made_longer_is_refused() throws IOException {
        for (int length = 0; length < genuine.length; length++) {
            assertRefused(Arrays.copyOf(genuine, length));
        }
        assertRefused((text() + "\n").getBytes(US_ASCII));
        assertRefused((" " + text()).getBytes(US_ASCII));
        assertRefused((text() + text()).getBytes(US_ASCII));
    }

    @Test
    void a_line_that_was_removed_doubled_or_moved_is_refused() throws IOException {
        List<String> lines = text().lines().toList();
        for (int at = 0; at < lines.size(); at++) {
            List<String> removed = new ArrayList<>(lines);
            removed.remove(at);
            assertRefused(removed);
            List<String> doubled = new ArrayList<>(lines);
            doubled.add(at, lines.get(at));
            assertRefused(doubled);
        }
        assertThat(lines.get(7)).contains("green");
        List<String> moved = new ArrayList<>(lines);
        Collections.swap(moved, 6, 7);
        assertRefused(moved);
    }

    @Test
    void a_key_that_was_renamed_is_refused() throws IOException {
        for (String from : List.of("blue", "staging", "openai", "09:30", "\"upstream\": \"openai\", ")) {
            String to = from.length() > 10 ? "" : from.length() == 5 ? "09:31" : "x" + from.substring(1);
            String changed = text().replaceFirst(from, to);
            assertThat(changed).isNotEqualTo(text());
            assertRefused(changed.getBytes(US_ASCII));
        }
    }

    @Test
    void two_values_that_changed_places_between_environments_are_refused() throws IOException {
        List<String> lines = new ArrayList<>(text().lines().toList());
        String blue = lines.get(6);
        String live = lines.get(8);
        int blueValue = blue.indexOf("\"nonce\"");
        int liveValue = live.indexOf("\"nonce\"");
        lines.set(6, blue.substring(0, blueValue) + live.substring(liveValue) + ",");
        lines.set(8, live.substring(0, liveValue) + blue.substring(blueValue, blue.length() - 1));

        assertThat(lines.get(6)).contains("staging").endsWith("},");
        assertRefused(lines);
    }

    @Test
    void a_value_is_bound_to_its_place_even_under_a_good_seal() {
        byte[] dataKey = Entropy.bytes(Gcm.KEY_BYTES);
        SealedFile empty = SealedKeys.wrapped(password, Derivation.MIN_ITERATIONS, derivation, dataKey.clone());
        SealedKeys keys = with(SealedKeys.read(file).with(empty, dataKey), BLUE, "sk-test-tampered-0004");
        Entry blue = keys.file().entries().get(0);
        for (SealedKey place : List.of(
                LIVE,
                new SealedKey("blue", "production", Optional.of("openai"), NOW),
                new SealedKey("green", "staging", Optional.of("openai"), NOW),
                new SealedKey("blue", "staging", Optional.of("azure"), NOW))) {
            SealedKeys moved = keys.with(empty.withEntries(List.of(new Entry(place, blue.value()))), dataKey);
            try (OpenedKeys opened = moved.open(password, derivation)) {
                assertThatThrownBy(() -> opened.secret(
                                "x",
                                place.environment(),
                                place.name(),
                                place.upstream().orElse("openai")))
                        .hasMessage(refusal());
            }
        }
    }

    @Test
    void entries_of_another_file_under_the_same_password_are_refused() throws IOException {
        SealedKeys other =
                with(SealedKeys.create(password, Derivation.MIN_ITERATIONS, derivation), BLUE, "sk-test-tampered-0005");
        List<String> lines = new ArrayList<>(text().lines().toList());
        lines.set(6, new String(other.file().text(), US_ASCII).lines().toList().get(6) + ",");

        assertRefused(lines);
    }

    @Test
    void a_password_that_differs_is_refused_in_the_same_words() throws IOException {
        for (String wrong : List.of("", "correct horse batterz", "Correct horse battery", "correct horse battery ")) {
            SealedKeys keys = SealedKeys.read(file);
            assertThatThrownBy(() -> keys.open(wrong.toCharArray(), derivation))
                    .isInstanceOf(KeysException.class)
                    .hasMessage(refusal())
                    .hasNoCause();
        }
        assertThat(refusal()).doesNotContain("horse", "sk-test");
    }

    @Test
    void a_file_that_asks_for_too_few_or_too_many_iterations_is_refused_before_any() throws IOException {
        int before = derivation.asked();
        for (String iterations : List.of("99999", "099999", "10000001", "99999999", "2147483648", "-100000", "0")) {
            assertRefused(text().replace("\"iterations\": 100000", "\"iterations\": " + iterations)
                    .getBytes(US_ASCII));
        }
        assertThat(derivation.asked()).isEqualTo(before);
    }

    @Test
    void random_bytes_are_refused() throws IOException {
        Random random = new Random(8);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            assertRefused(bytes);
        }
    }

    private void assertOpens(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try (OpenedKeys opened = SealedKeys.read(file).open(password, derivation)) {
            assertThat(opened.keys()).hasSize(3);
        }
    }

    private void assertRefused(List<String> lines) throws IOException {
        assertRefused((String.join("\n", lines) + "\n").getBytes(US_ASCII));
    }

    private void assertRefused(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(
                        () -> SealedKeys.read(file).open(password, derivation).close())
                .isInstanceOf(KeysException.class)
                .hasMessage(refusal())
                .hasNoCause();
    }

    private String refusal() {
        return String.valueOf(SealedKeys.refused(file.toString()).getMessage());
    }

    private String text() {
        return new String(genuine, US_ASCII);
    }

    private SealedKeys with(SealedKeys keys, SealedKey key, String value) {
        try (OpenedKeys opened = keys.open(password, derivation)) {
            return opened.put(key, value.toCharArray());
        }
    }
}
