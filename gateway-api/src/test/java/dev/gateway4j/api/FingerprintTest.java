package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final Fingerprint fingerprint = Fingerprint.under(Secret.of("key", "test-fingerprint-key-0000"));

    @Test
    void a_fingerprint_is_the_beginning_of_an_hmac() {
        assertThat(fingerprint.of(Secret.of("blue", "sk-test-fingerprint-0000")))
                .isEqualTo("318302f025485fb8");
    }

    @Test
    void it_depends_on_the_value_and_on_its_key_and_not_on_the_name() {
        String blue = fingerprint.of(Secret.of("blue", "sk-test-fingerprint-0000"));

        assertThat(fingerprint.of(Secret.of("other", "sk-test-fingerprint-0000")))
                .isEqualTo(blue);
        assertThat(fingerprint.of(Secret.of("blue", "sk-test-fingerprint-0001")))
                .isNotEqualTo(blue);
        assertThat(Fingerprint.under(Secret.of("key", "test-fingerprint-key-0001"))
                        .of(Secret.of("blue", "sk-test-fingerprint-0000")))
                .isNotEqualTo(blue);
    }

    @Test
    void a_key_that_could_be_guessed_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fingerprint.under(Secret.of("key", "test-fp-key-000")))
                .withMessage("the key of the fingerprints has 15 characters; it needs at least 16");
    }

    @Test
    void it_shows_no_more_than_the_name_of_its_key() {
        assertThat(fingerprint).hasToString("Fingerprint[key=key]");
    }
}
