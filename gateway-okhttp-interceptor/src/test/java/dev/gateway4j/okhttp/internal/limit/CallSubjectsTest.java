package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallTags;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CallSubjectsTest {
    @Test
    void names_from_a_body_stay_short_and_apart() {
        String megabyte = "x".repeat(1_000_000);

        Subjects one = CallSubjects.of(CallTags.none(), Optional.of(megabyte), megabyte + "1", Optional.empty());
        Subjects other = CallSubjects.of(CallTags.none(), Optional.of(megabyte), megabyte + "2", Optional.empty());

        assertThat(one.model()).hasSizeLessThanOrEqualTo(256).isNotEqualTo(other.model());
        assertThat(one.user()).hasSizeLessThanOrEqualTo(257).isEqualTo(other.user());
    }
}
