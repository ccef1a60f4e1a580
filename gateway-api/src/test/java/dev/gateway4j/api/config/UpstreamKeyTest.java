package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpstreamKeyTest {
    private static final Secret SECRET = Secret.of("blue", "sk-test-blue-0000");

    @Test
    void a_key_made_of_name_and_secret_is_for_every_model_of_openai() {
        UpstreamKey key = UpstreamKey.of("blue", SECRET);

        assertThat(key)
                .isEqualTo(
                        new UpstreamKey("blue", SECRET, "openai", 1, List.of("*"), Optional.empty(), Optional.empty()));
        assertThat(key.allows(Optional.of("gpt-4o"))).isTrue();
        assertThat(key.allows(Optional.empty())).isTrue();
    }

    @Test
    void a_quota_is_shared_within_a_project_of_one_upstream_only() {
        UpstreamKey blue = UpstreamKey.of("p1", SECRET);
        UpstreamKey slashed = UpstreamKey.of("openai/p1", SECRET);
        UpstreamKey project =
                new UpstreamKey("red", SECRET, "openai", 1, List.of("*"), Optional.empty(), Optional.of("p1"));
        UpstreamKey other =
                new UpstreamKey("green", SECRET, "openai", 1, List.of("*"), Optional.empty(), Optional.of("p1"));

        assertThat(project.quotaGroup()).isEqualTo(other.quotaGroup());
        assertThat(List.of(
                        blue.quotaGroup(),
                        blue.withUpstream("local").quotaGroup(),
                        slashed.quotaGroup(),
                        project.quotaGroup(),
                        project.withUpstream("local").quotaGroup()))
                .doesNotHaveDuplicates();
    }

    @Test
    void moving_a_key_to_another_upstream_keeps_everything_else() {
        UpstreamKey key = new UpstreamKey(
                "blue", SECRET, "openai", 3, List.of("gpt-*"), Optional.of("org-test"), Optional.of("proj-test"));

        assertThat(key.withUpstream("azure"))
                .isEqualTo(new UpstreamKey(
                        "blue",
                        SECRET,
                        "azure",
                        3,
                        List.of("gpt-*"),
                        Optional.of("org-test"),
                        Optional.of("proj-test")));
    }
}
