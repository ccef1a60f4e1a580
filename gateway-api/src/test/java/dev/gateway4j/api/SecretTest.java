package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
}
