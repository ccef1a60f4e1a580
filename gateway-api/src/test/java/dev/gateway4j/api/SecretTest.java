package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
    @Test
    void a_secret_shows_its_name_and_reveals_its_value_only_when_asked() {
        Secret secret = Secret.of("blue", " sk-test-blue-0000\n");

        assertThat(secret).hasToString("Secret[alias=blue]");
        assertThat(secret.alias()).isEqualTo("blue");
        assertThat(secret.reveal()).isEqualTo("sk-test-blue-0000");
    }

    @Test
    void secrets_are_equal_by_value() {
        Secret secret = Secret.of("blue", "sk-test-blue-0000");

        assertThat(secret)
                .isEqualTo(Secret.of("other", "sk-test-blue-0000"))
                .hasSameHashCodeAs(Secret.of("other", "sk-test-blue-0000"))
                .isNotEqualTo(Secret.of("blue", "sk-test-blue-0001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "abc", " abc\n"})
    void a_value_that_is_too_short_is_refused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of("blue", value))
                .withMessage("secret \"blue\" has " + value.strip().length() + " characters; it needs 4 to 4096");
    }

    @Test
    void a_value_that_is_too_long_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of("blue", "x".repeat(4097)));
        assertThat(Secret.of("long", "sk-test-" + "0123".repeat(1022)).reveal()).hasSize(4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-test\nblue", "sk-test blue", "sk-test-bl\u00fc", "sk-test\u007fx"})
    void a_character_that_cannot_stand_in_a_header_is_refused_without_showing_the_value(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Secret.of("blue", value))
                .withMessageContaining("position")
                .withMessageNotContaining("sk-test");
    }

    @Test
    void characters_can_be_wiped_after_a_secret_was_made_of_them() {
        char[] characters = " sk-test-characters-0000\n".toCharArray();
        Secret secret = Secret.of("blue", characters);

        assertThat(characters).containsExactly(" sk-test-characters-0000\n".toCharArray());
        Arrays.fill(characters, 'x');

        assertThat(secret.reveal()).isEqualTo("sk-test-characters-0000");
    }

    @Test
    void the_hash_is_not_that_of_the_value() {
        byte[] value = "sk-test-hash-0000".getBytes(StandardCharsets.US_ASCII);

        int hash = Secret.of("blue", "sk-test-hash-0000").hashCode();

        assertThat(hash).isNotEqualTo(Arrays.hashCode(value)).isNotEqualTo("sk-test-hash-0000".hashCode());
    }

    @Test
    void two_secrets_of_one_value_hold_different_bytes() {
        byte[] value = "sk-test-masked-0000".getBytes(StandardCharsets.US_ASCII);
        Masked one = Masked.of(value);

        assertThat(one).isEqualTo(Masked.of(value)).hasToString("Masked[19]");
        assertThat(one.plain()).isEqualTo(value).isNotSameAs(one.plain());
        assertThat(one.standsAt("<sk-test-masked-0000>".getBytes(StandardCharsets.US_ASCII), 1))
                .isTrue();
        assertThat(one.standsAt("<sk-test-masked-000".getBytes(StandardCharsets.US_ASCII), 1))
                .isFalse();
        assertThat(one.standsAt("<sk-test-masked-0001>".getBytes(StandardCharsets.US_ASCII), 1))
                .isFalse();
    }

    @Test
    void a_secret_cannot_be_serialized() {
        assertThat(Secret.of("blue", "sk-test-serial-0000")).isNotInstanceOf(Serializable.class);
    }
}
