package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallTags;
import org.junit.jupiter.api.Test;

class CallTagsTest {
    @Test
    void a_tag_wins_over_another_source_and_gaps_are_filled() {
        CallTags tag = CallTags.none().withUser("ann").withCache("no-store");
        CallTags header = CallTags.none()
                .withUser("bob")
                .withTenant("acme")
                .withRoute("r")
                .withFeature("f");

        CallTags both = tag.orElse(header);

        assertThat(both)
                .isEqualTo(CallTags.none()
                        .withUser("ann")
                        .withCache("no-store")
                        .withTenant("acme")
                        .withRoute("r")
                        .withFeature("f"));
        assertThat(both.cassette()).isEmpty();
    }

    @Test
    void no_log_line_can_be_forged() {
        CallTags tags = CallTags.none().withUser("ann\r\nERROR\u0000\u001b[0m\u0085\u2028\u2029é");

        assertThat(tags.user()).contains("ann??ERROR??[0m???é");
    }

    @Test
    void values_are_bounded() {
        assertThat(CallTags.none().withCassette("x".repeat(300)).cassette()).contains("x".repeat(256));
        assertThat(CallTags.none().withCassette("x".repeat(256)).cassette()).contains("x".repeat(256));
    }
}
