package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CachePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSettingsTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    @Test
    void with_nothing_set_nothing_is_cached() {
        assertThat(desk.set("mode", "simulated").read().cache()).isEqualTo(CacheConfig.off());
    }

    @Test
    void an_empty_section_says_nothing() {
        assertThat(cache("{}")).isEqualTo(CacheConfig.off());
    }

    @Test
    void one_setting_switches_it_on_and_leaves_the_others_at_their_defaults() {
        assertThat(cache("{ enabled: true }")).isEqualTo(CacheConfig.defaults());
        assertThat(cache("{ truncated: skip }")).isEqualTo(CacheConfig.defaults());
    }

    @Test
    void it_can_be_switched_off_and_keep_its_settings() {
        CacheConfig cache = cache("{ enabled: false, ttl: 5m }");

        assertThat(cache.enabled()).isFalse();
        assertThat(cache.ttl()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void another_layer_can_switch_it_off() {
        desk.file("gateway: { cache: { ttl: 5m } }").property("gateway.gateway.cache.enabled", "false");

        assertThat(desk.read().cache().enabled()).isFalse();
    }

    @Test
    void the_example_of_the_plan_works_as_it_stands() {
        CacheConfig cache = cache("{ ttl: 5m, max_bytes: 64MB, semantic: { threshold: 0.95 } }");

        assertThat(cache.enabled()).isTrue();
        assertThat(cache.ttl()).isEqualTo(Duration.ofMinutes(5));
        assertThat(cache.maxBytes()).isEqualTo(64 << 20);
        assertThat(cache.semantic()).contains(SemanticConfig.defaults());
    }

    @Test
    void every_setting_is_read_and_none_is_called_dormant() {
        desk.file(
                "gateway:",
                "  cache:",
                "    enabled: true",
                "    apply: when_asked",
                "    ttl: 10m",
                "    max_bytes: 1MB",
                "    max_entry_bytes: 64KB",
                "    partition: tenant_required",
                "    shared_namespaces: [glossary, docs.v2]",
                "    sampling: any",
                "    truncated: keep",
                "    stale_while_revalidate: 1m",
                "    stale_while_error: 1 day",
                "    replay: paced",
                "    max_waiters: 50",
                "    ignored_members: [user, metadata]",
                "    rules:",
                "      - { endpoint: /v1/embeddings, ttl: 30 days }",
                "      - { model: \"gpt-4o*\", upstream: openai, threshold: 0.97 }",
                "      - { cached: false }",
                "    semantic:",
                "      mode: shadow",
                "      threshold: 0.9",
                "      embedder: gateway",
                "      model: text-embedding-3-large",
                "      timeout: 500ms",
                "      max_turns: 4",
                "      max_characters: 1000",
                "      sample: 2.5%");

        GatewayConfig config = desk.read();

        assertThat(config.cache())
                .isEqualTo(new CacheConfig(
                        true,
                        CacheConfig.Apply.WHEN_ASKED,
                        Duration.ofMinutes(10),
                        1 << 20,
                        64 << 10,
                        CacheConfig.Partition.TENANT_REQUIRED,
                        Set.of("glossary", "docs.v2"),
                        CacheConfig.Sampling.ANY,
                        CacheConfig.Truncated.KEEP,
                        Duration.ofMinutes(1),
                        Duration.ofDays(1),
                        CachePolicy.Replay.PACED,
                        50,
                        Set.of("user", "metadata"),
                        List.of(
                                new CacheRule(
                                        Optional.of("/v1/embeddings"),
                                        "*",
                                        Optional.empty(),
                                        true,
                                        Optional.of(Duration.ofDays(30)),
                                        OptionalDouble.empty()),
                                new CacheRule(
                                        Optional.empty(),
                                        "gpt-4o*",
                                        Optional.of("openai"),
                                        true,
                                        Optional.empty(),
                                        OptionalDouble.of(0.97)),
                                new CacheRule(
                                        Optional.empty(),
                                        "*",
                                        Optional.empty(),
                                        false,
                                        Optional.empty(),
                                        OptionalDouble.empty())),
                        Optional.of(new SemanticConfig(
                                SemanticConfig.Mode.SHADOW,
                                0.9,
                                SemanticConfig.EmbedderKind.GATEWAY,
                                "text-embedding-3-large",
                                Optional.empty(),
                                Duration.ofMillis(500),
                                4,
                                1000,
                                0.025))));
        assertThat(config.notices()).noneMatch(notice -> notice.contains("without effect"));
    }

    @Test
    void similar_questions_can_be_switched_off_and_keep_their_settings() {
        assertThat(cache("{ ttl: 5m, semantic: { enabled: false, threshold: 0.9 } }")
                        .semantic())
                .isEmpty();
    }

    @Test
    void a_small_cache_keeps_no_answer_larger_than_itself() {
        assertThat(cache("{ max_bytes: 1MB }").maxEntryBytes()).isEqualTo(1 << 20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"mode: shadow|1", "mode: shadow, sample: 1%|0.01", "mode: serve|0"})
    void in_shadow_everything_is_compared_unless_less_is_wanted(String semantic, double sample) {
        assertThat(cache("{ semantic: { " + semantic + " } }")
                        .semantic()
                        .orElseThrow()
                        .sample())
                .isEqualTo(sample);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.02", "2%", "0", "100%", "1"})
    void a_share_is_a_number_or_a_percentage(String share) {
        double sample = cache("{ semantic: { sample: " + share + " } }")
                .semantic()
                .orElseThrow()
                .sample();

        assertThat(sample).isEqualTo(share.endsWith("2") || share.equals("2%") ? 0.02 : share.startsWith("1") ? 1 : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ttl: 0s|ttl|is no time at all; write 1ms or more",
                "ttl: 366d|ttl|is longer than a year; write 365d at most",
                "stale_while_error: 400 days|stale_while_error|is longer than a year; write 365d at most",
                "max_bytes: 1KB, max_entry_bytes: 2KB|max_entry_bytes|is more than max_bytes, so that such an answer would never be kept; write less, or raise max_bytes",
                "max_bytes: 4GB, max_entry_bytes: 2GB|max_entry_bytes|is more than an answer can have; write 1GB at most",
                "partition: tenants|partition|\"tenants\" is not one of tenant, tenant_required, user, shared_by_all_tenants; did you mean \"tenant\"?",
                "shared_namespaces: [a b]|shared_namespaces[0]|\"a b\" is not a usable name; write 1 to 64 letters, digits, dots, - and _",
                "partition: shared_by_all_tenants, shared_namespaces: [a]|shared_namespaces[0]|has no effect where all tenants share everything; remove it, or change partition",
                "ignored_members: [user, messages]|ignored_members[1]|\"messages\" shapes the answer; ignoring it would give answers to other questions. Remove it",
                "ignored_members: [stream]|ignored_members[0]|\"stream\" does not count anyway; remove it",
                "rules: [ { model: a } ]|rules[0]|has no effect; write cached, ttl or threshold, or remove it",
                "rules: [ { cached: false }, { model: a, ttl: 1h } ]|rules[1]|never counts: a rule before it fits every call; move it up, or remove it",
                "rules: [ { cached: false, ttl: 1h } ]|rules[0].ttl|has no effect where nothing is cached; remove it, or cached: false",
                "rules: [ { threshold: 0.9 } ]|rules[0].threshold|has no effect without semantic; write a semantic section, or remove it",
                "rules: [ { endpoint: /v1/embeddings, threshold: 0.9 } ], semantic: { max_turns: 3 }|rules[0].threshold|has no effect for this endpoint, which asks no questions in words; remove it",
                "rules: [ { endpoint: /v1/embedings, ttl: 1h } ]|rules[0].endpoint|\"/v1/embedings\" is no endpoint that is cached; did you mean \"/v1/embeddings\"?",
                "rules: [ { upstream: opena, ttl: 1h } ]|rules[0].upstream|\"opena\" is no upstream; did you mean \"openai\"?",
                "rules: [ { ttl: 0ms } ]|rules[0].ttl|is no time at all; write 1ms or more",
                "semantic: { threshold: 1.1 }|semantic.threshold|\"1.1\" is no similarity; write a number above 0 and up to 1, such as 0.95",
                "semantic: { threshold: 0 }|semantic.threshold|\"0\" is no similarity; write a number above 0 and up to 1, such as 0.95",
                "semantic: { timeout: 0s }|semantic.timeout|is no time at all; write 1ms or more",
                "semantic: { sample: 200% }|semantic.sample|\"200%\" is not a share; write a share such as 0.01 or 1%",
                "semantic: { embedder: own, model: x }|semantic.model|has no effect with an embedder of your own; remove it, or write embedder: gateway"
            })
    void what_makes_no_sense_is_refused(String settings, String place, String message) {
        desk.file("gateway: { cache: { " + settings + " } }");

        assertThat(desk.problems())
                .singleElement()
                .asString()
                .contains("gateway.cache." + place + " ")
                .endsWith(message);
    }

    @Test
    void a_key_for_embeddings_that_nobody_has_is_refused() {
        desk.file(
                        "openai: { credentials: { keys: [ { name: blue, api_key: \"${CACHE_KEY}\" } ] } }",
                        "gateway: { cache: { semantic: { key: bleu } } }")
                .variable("CACHE_KEY", "sk-test-cachesettings-0000");

        assertThat(desk.problems())
                .singleElement()
                .asString()
                .endsWith("\"bleu\" is a key that no environment has; did you mean \"blue\"?");
    }

    @Test
    void a_key_for_embeddings_is_taken_by_its_name() {
        desk.file(
                        "openai: { credentials: { keys: [ { name: blue, api_key: \"${CACHE_KEY}\" } ] } }",
                        "gateway: { cache: { semantic: { key: blue } } }")
                .variable("CACHE_KEY", "sk-test-cachesettings-0000");

        assertThat(desk.read().cache().semantic().orElseThrow().key()).contains("blue");
    }

    private CacheConfig cache(String settings) {
        return desk.file("gateway: { cache: " + settings + " }").read().cache();
    }
}
