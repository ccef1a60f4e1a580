package dev.gateway4j.simulator.internal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ModelsTest {
    @Test
    void a_model_is_retired_from_the_day_of_its_shutdown() {
        assertThat(Models.retired("gpt-4", Instant.parse("2026-10-22T23:59:59Z")))
                .isFalse();
        assertThat(Models.retired("gpt-4", Instant.parse("2026-10-23T00:00:00Z")))
                .isTrue();
        assertThat(Models.retired("gpt-9", Instant.parse("2030-01-01T00:00:00Z")))
                .isFalse();
        assertThat(Models.served(Instant.parse("2026-11-20T00:00:00Z")))
                .extracting(Model::id)
                .contains("gpt-6.2-sol", "gpt-4o", "gpt-realtime-2.1", "sora-2")
                .doesNotContain("gpt-4", "o1", "gpt-3.5-turbo");
    }

    @Test
    void the_table_has_every_model() {
        assertThat(Models.all()).hasSize(160);
    }

    @Test
    void a_tuned_model_behaves_and_ends_as_its_base() {
        Model tuned = Models.named("ft:gpt-4o-mini-2024-07-18:acme::abc12345").orElseThrow();

        assertThat(tuned.answersAs()).isEqualTo("ft:gpt-4o-mini-2024-07-18:acme::abc12345");
        assertThat(tuned.chats()).isTrue();
        assertThat(tuned.family().vision().base()).isEqualTo(2_833);
        assertThat(tuned.retired(Instant.parse("2027-01-14T00:00:00Z"))).isTrue();
        assertThat(Models.named("ft:gpt-9:acme::x")).isEmpty();
    }
}
