package dev.gateway4j.okhttp.internal.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Upstream LOCAL = new Upstream(
            "local",
            Upstream.Kind.OPENAI,
            URI.create("http://127.0.0.1:9/v1"),
            Optional.empty(),
            Map.of(),
            Upstream.Auth.NONE);

    @Test
    void keys_share_the_calls_by_their_weight() {
        KeyRing ring = ring(key("blue", "openai", 3), key("green", "openai", 1));

        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            KeyChoice.Chosen chosen = (KeyChoice.Chosen) ring.choose(call(Upstream.OPENAI, "gpt-4o", true));
            drawn.merge(chosen.key().name(), 1, Integer::sum);
        }

        assertThat(drawn.get("blue")).isBetween(7_300, 7_700);
        assertThat(drawn).containsOnlyKeys("blue", "green");
    }

    @Test
    void only_keys_that_allow_the_model_are_drawn() {
        KeyRing ring = ring(key("any", "openai", 1, "o3*"), key("four", "openai", 1, "gpt-4o*", "gpt-4.1"));

        assertThat(chosen(ring.choose(call(Upstream.OPENAI, "gpt-4o-mini", true))))
                .isEqualTo("four");
        assertThat(chosen(ring.choose(call(Upstream.OPENAI, "o3", true)))).isEqualTo("any");
        assertThat(ring.choose(call(Upstream.OPENAI, "gpt-5", true))).isInstanceOf(KeyChoice.NoKey.class);
    }

    @Test
    void a_key_of_another_upstream_takes_openai_calls_there_but_no_others() {
        KeyRing ring = ring(key("local-key", "local", 1));

        KeyChoice.Chosen chosen = (KeyChoice.Chosen) ring.choose(call(Upstream.OPENAI, "gpt-4o", true));
        assertThat(chosen.upstream()).isEqualTo(LOCAL);

        KeyRing openaiOnly = ring(key("blue", "openai", 1));
        assertThat(openaiOnly.choose(call(LOCAL, "gpt-4o", true))).isEqualTo(new KeyChoice.KeyLess(LOCAL));
    }

    @Test
    void while_recording_a_call_to_openai_stays_there_as_long_as_a_key_does() {
        KeyRing both = ring(Mode.RECORD, key("blue", "openai", 1), key("local-key", "local", 1_000_000));
        KeyRing elsewhere = ring(Mode.RECORD, key("local-key", "local", 1));

        for (int i = 0; i < 100; i++) {
            assertThat(chosen(both.choose(call(Upstream.OPENAI, "gpt-4o", true))))
                    .isEqualTo("blue");
        }
        assertThat(chosen(both.choose(call(LOCAL, "gpt-4o", true)))).isEqualTo("local-key");
        assertThat(chosen(elsewhere.choose(call(Upstream.OPENAI, "gpt-4o", true))))
                .isEqualTo("local-key");
    }

    @Test
    void a_key_of_an_unknown_upstream_is_never_drawn() {
        assertThat(ring(key("lost", "nowhere", 1)).choose(call(Upstream.OPENAI, "gpt-4o", true)))
                .isInstanceOf(KeyChoice.NoKey.class);
    }

    @Test
    void what_does_not_leave_needs_no_key() {
        assertThat(ring().choose(call(Upstream.OPENAI, "gpt-4o", false)))
                .isEqualTo(new KeyChoice.KeyLess(Upstream.OPENAI));
        assertThat(ring().choose(call(Upstream.OPENAI, "gpt-4o", true))).isInstanceOf(KeyChoice.NoKey.class);
    }

    private static String chosen(KeyChoice choice) {
        return ((KeyChoice.Chosen) choice).key().name();
    }

    private static UpstreamKey key(String name, String upstream, int weight, String... models) {
        Secret secret = Secret.of(name, "sk-test-" + name + "-0000");
        return new UpstreamKey(
                name,
                secret,
                upstream,
                weight,
                models.length == 0 ? List.of("*") : List.of(models),
                Optional.empty(),
                Optional.empty());
    }

    private static KeyRing ring(UpstreamKey... keys) {
        return ring(Mode.PASSTHROUGH, keys);
    }

    private static KeyRing ring(Mode mode, UpstreamKey... keys) {
        GatewayConfig config = new GatewayConfig(
                "staging",
                Profile.STAGING,
                mode,
                Isolation.STRICT,
                Map.of("openai", Upstream.OPENAI, "local", LOCAL),
                List.of(keys),
                Map.of(),
                List.of(),
                ResponseType.GENERATED,
                LogLevel.VERBOSE,
                ErrorDetail.DETAILED,
                1,
                1,
                0,
                "instant",
                List.of());
        return new KeyRing(config, environment -> config.keys(), new Random(1));
    }

    private static CallFacts call(Upstream upstream, String model, boolean leaves) {
        return new CallFacts(
                new Request.Builder().url("https://api.openai.com/v1/models").build(),
                upstream,
                "/v1/models",
                RequestFacts.absent(),
                Optional.empty(),
                Optional.of(model),
                leaves ? ResponseType.PASSTHROUGH : ResponseType.GENERATED,
                CallTags.none(),
                false,
                false);
    }
}
