package dev.gateway4j.okhttp.internal.cache.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheDifference;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.CacheConfig.Partition;
import dev.gateway4j.api.config.CacheConfig.Sampling;
import dev.gateway4j.api.config.CacheRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.config.Upstream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {
    private static final String PLAIN =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    private final Identities identities = new Identities(Ask.config(Caches.usual()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/chat/completions|{}|''",
                "/v1/chat/completions|{\"temperature\":0.0,\"n\":1}|''",
                "/v1/chat/completions|{\"temperature\":null,\"n\":null,\"tools\":null,\"store\":null,\"modalities\":null}|''",
                "/v1/chat/completions|{\"temperature\":0.1}|sampling",
                "/v1/chat/completions|{\"temperature\":\"0\"}|sampling",
                "/v1/chat/completions|{\"n\":2}|sampling",
                "/v1/completions|{\"best_of\":2}|sampling",
                "/v1/completions|{\"prompt\":\"x\"}|''",
                "/v1/embeddings|{\"input\":\"x\",\"temperature\":1}|''",
                "/v1/moderations|{\"input\":\"x\"}|''",
                "/v1/chat/completions|{\"store\":true}|kept upstream",
                "/v1/chat/completions|{\"store\":false}|''",
                "/v1/responses|{\"input\":\"x\"}|kept upstream",
                "/v1/responses|{\"input\":\"x\",\"store\":null}|kept upstream",
                "/v1/responses|{\"input\":\"x\",\"store\":true}|kept upstream",
                "/v1/responses|{\"input\":\"x\",\"store\":false}|''",
                "/v1/responses|{\"store\":false,\"previous_response_id\":\"r\"}|state upstream",
                "/v1/responses|{\"store\":false,\"previous_response_id\":null}|''",
                "/v1/responses|{\"store\":false,\"conversation\":{\"id\":\"c\"}}|state upstream",
                "/v1/responses|{\"store\":false,\"prompt\":{\"id\":\"pmpt_1\"}}|state upstream",
                "/v1/responses|{\"store\":false,\"background\":true}|background",
                "/v1/responses|{\"store\":false,\"background\":false}|''",
                "/v1/responses|{\"store\":false,\"tools\":[{\"type\":\"function\"},{\"type\":\"web_search\"}]}|hosted tool",
                "/v1/chat/completions|{\"tools\":[{\"type\":\"function\"},{\"type\":\"custom\"}]}|''",
                "/v1/chat/completions|{\"tools\":[{\"name\":\"x\"}]}|hosted tool",
                "/v1/chat/completions|{\"tools\":[1]}|hosted tool",
                "/v1/chat/completions|{\"tools\":{}}|hosted tool",
                "/v1/chat/completions|{\"web_search_options\":{}}|search",
                "/v1/chat/completions|{\"model\":\"gpt-4o-Search-preview\"}|search",
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/x.png\"}}]}]}|remote content",
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"detail\":\"low\",\"url\":\"HTTP://a.example/x.png\"}}]}]}|remote content",
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":\"gs://bucket/x\"}]}]}|remote content",
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}]}|''",
                "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"\\\"image_url\\\":\\\"https://a.example\\\"\"}]}|''",
                "/v1/chat/completions|{\"tools\":[{\"type\":\"function\",\"x\":{\"image_url\":{\"type\":\"string\"}}}]}|''",
                "/v1/responses|{\"store\":false,\"input\":[{\"content\":[{\"type\":\"input_file\",\"file_url\":\"https://a.example/x.pdf\"}]}]}|remote content",
                "/v1/responses|{\"store\":false,\"input\":[{\"content\":[{\"type\":\"input_file\",\"file_id\":\"file-1\"}]}]}|''",
                "/v1/chat/completions|{\"data_sources\":[{\"type\":\"azure_search\"}]}|search",
                "/v1/chat/completions|{\"plugins\":[{\"id\":\"web\"}]}|search",
                "/v1/chat/completions|{\"search_parameters\":{\"mode\":\"auto\"}}|search",
                "/v1/chat/completions|{\"model\":\"openai/gpt-4o:online\"}|search",
                "/v1/chat/completions|{\"modalities\":[\"text\",\"audio\"]}|audio",
                "/v1/chat/completions|{\"modalities\":[\"text\"]}|''",
                "/v1/chat/completions|{\"a\":1,\"a\":1}|body without one meaning",
                "/v1/chat/completions|{\"a\":{\"b\":1,\"\\u0062\":2}}|body without one meaning",
                "/v1/chat/completions|{|body without one meaning",
                "/v1/chat/completions|[]|body no object",
                "/v1/images/generations|{}|endpoint",
                "/v1/chat/completions/chatcmpl-1|{}|endpoint"
            })
    void some_calls_are_cached_and_others_say_why_not(String endpoint, String body, String reason) {
        assertThat(Ask.at(endpoint, body).reason(identities)).isEqualTo(reason);
    }

    @Test
    void only_posts_are_cached() {
        assertThat(Ask.chat(PLAIN).method("GET").reason(identities)).isEqualTo("endpoint");
        assertThat(Ask.chat(PLAIN).method("PUT").reason(identities)).isEqualTo("endpoint");
    }

    @Test
    void who_asks_the_simulator_for_something_is_answered_by_it() {
        Ask asks = Ask.chat(PLAIN).header("X-Gateway-Sim", "fault=500");

        assertThat(asks.answer(ResponseType.GENERATED).reason(identities))
                .isEqualTo("asks the simulator for something");
        assertThat(asks.answer(ResponseType.CASSETTE).reason(identities)).isEqualTo("asks the simulator for something");
        assertThat(asks.reason(identities)).as("what leaves is asked of nobody").isEmpty();
    }

    @Test
    void how_much_chance_is_cached_is_a_setting() {
        Identities zero = new Identities(Ask.config(Caches.sampling(Sampling.ZERO)));
        Identities any = new Identities(Ask.config(Caches.sampling(Sampling.ANY)));

        assertThat(Ask.chat("{}").reason(zero)).isEqualTo("sampling");
        assertThat(Ask.chat("{\"temperature\":0}").reason(zero)).isEmpty();
        assertThat(Ask.chat("{\"temperature\":0,\"n\":2}").reason(zero)).isEqualTo("sampling");
        assertThat(Ask.at("/v1/embeddings", "{}").reason(zero)).isEmpty();
        assertThat(Ask.chat("{\"temperature\":2,\"n\":5}").reason(any)).isEmpty();
    }

    @Test
    void a_call_can_decline_and_where_told_has_to_ask() {
        Identities asked = new Identities(Ask.config(Caches.apply(CacheConfig.Apply.WHEN_ASKED)));

        assertThat(policy("no-store").reason(identities)).isEqualTo("no-store");
        assertThat(Ask.chat(PLAIN).reason(asked)).isEqualTo("not asked for");
        assertThat(policy("ttl=60").reason(asked)).isEmpty();
    }

    @Test
    void a_policy_that_makes_no_sense_is_explained_whatever_the_call() {
        assertThat(policy("refresh, only-if-cached").reading(identities)).isInstanceOf(Reading.Invalid.class);
        assertThat(Ask.at("/v1/files", "{}")
                        .with(CallTags.none().withCache("nonsense"))
                        .reason(identities))
                .startsWith("cache policy: \"nonsense\" is not a directive");
    }

    @Test
    void a_call_that_is_passed_by_remembers_that_it_wanted_nothing_but_the_cache() {
        Ask only = Ask.chat("{\"store\":true}").with(CallTags.none().withCache("only-if-cached"));

        assertThat(only.reading(identities)).isEqualTo(new Reading.Bypassed("kept upstream", true));
        assertThat(Ask.chat("{\"store\":true}").reading(identities)).isEqualTo(new Reading.Bypassed("kept upstream"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"stream\":true}",
                "{\"a\":1,\"stream\":false}",
                "{\"a\":1,\"stream\":null}",
                "{\"a\":1,\"stream\":true,\"stream_options\":{\"include_usage\":true}}",
                "{\"a\":1,\"stream_options\":{}}",
                "{\"stream_options\":null,\"a\":1}"
            })
    void whether_a_stream_is_wanted_does_not_count(String body) {
        assertThat(Ask.chat(body).key(identities))
                .isEqualTo(Ask.chat("{\"a\":1}").key(identities));
    }

    @Test
    void what_else_stands_beside_the_wish_for_a_stream_counts() {
        List<String> bodies = List.of(
                "{\"stream\":\"yes\"}",
                "{\"stream_options\":{\"include_obfuscation\":false}}",
                "{\"stream_options\":{\"include_obfuscation\":true}}",
                "{\"stream_options\":{\"include_usage\":1}}",
                "{\"stream_options\":[]}",
                "{\"model\":1}",
                "{\"model\":{\"a\":1}}",
                "{\"Stream\":true}",
                "{}");

        assertDistinct(bodies.stream().map(Ask::chat).toList());
        assertThat(Ask.chat("{\"stream_options\":{\"z\":1,\"include_usage\":true,\"a\":2}}")
                        .key(identities))
                .isEqualTo(Ask.chat("{\"stream_options\":{\"a\":2,\"z\":1}}").key(identities));
    }

    @Test
    void the_model_counts_as_it_is_sent() {
        CacheKey mapped = Ask.chat("{\"model\":\"gpt-4o\"}").key(identities);

        assertThat(mapped).isEqualTo(Ask.chat("{\"model\":\"gpt-4o-mini\"}").key(identities));
        assertThat(mapped).isNotEqualTo(Ask.chat("{\"model\":\"gpt-4\"}").key(identities));
    }

    @Test
    void what_stands_in_for_an_upstream_goes_by_the_model_that_was_asked_for() {
        assertDistinct(List.of(
                Ask.chat("{\"model\":\"gpt-4o\"}").answer(ResponseType.GENERATED),
                Ask.chat("{\"model\":\"gpt-4o-mini\"}").answer(ResponseType.GENERATED),
                Ask.chat("{\"model\":\"gpt-4o-mini\"}").answer(ResponseType.CASSETTE),
                Ask.chat("{\"model\":\"gpt-4o-mini\"}")
                        .answer(ResponseType.CASSETTE)
                        .with(CallTags.none().withCassette("chat-basic")),
                Ask.chat("{\"model\":\"gpt-4o-mini\"}")));
    }

    @Test
    void everything_around_the_body_that_shapes_the_answer_counts() {
        Ask plain = Ask.chat(PLAIN);
        Upstream other = new Upstream(
                "local",
                Upstream.Kind.OPENAI,
                URI.create("http://localhost:11434/v1"),
                Optional.empty(),
                Map.of(),
                Upstream.Auth.NONE);
        Upstream azure = azure("v1", "chat-prod");

        assertDistinct(List.of(
                plain,
                Ask.at("/v1/completions", PLAIN),
                plain.header("OpenAI-Beta", "assistants=v2"),
                plain.header("OpenAI-Beta", "a").header("OpenAI-Beta", "b"),
                plain.header("OpenAI-Beta", "b").header("OpenAI-Beta", "a"),
                plain.header("OpenAI-Beta", "ab"),
                plain.header("x-policy-id", "lax"),
                plain.query("api-version=1"),
                plain.query("api-version=2"),
                plain.query("a=1&a=2"),
                plain.query("a=2&a=1"),
                plain.query("a"),
                plain.query("a="),
                plain.upstream(other),
                plain.upstream(azure),
                plain.upstream(azure("v2", "chat-prod")),
                plain.upstream(azure("v1", "chat-test")),
                plain.with(CallTags.none().withKey("blue")),
                plain.with(CallTags.none().withRoute("blue")),
                plain.with(CallTags.none().withTenant("blue")),
                policy("namespace=blue")));
        assertThat(plain.key(new Identities(Ask.config("production", Caches.usual()))))
                .isNotEqualTo(plain.key(identities));
    }

    private static Upstream azure(String version, String deployment) {
        return new Upstream(
                "azure-eu",
                Upstream.Kind.AZURE,
                URI.create("https://res.openai.azure.com"),
                Optional.of(version),
                Map.of("gpt-4o-mini", deployment),
                Upstream.Auth.KEY);
    }

    @Test
    void what_does_not_shape_the_answer_does_not_count() {
        Ask plain = Ask.chat(PLAIN).query("b=1&a=2");
        List<Ask> same = List.of(
                plain,
                plain.query("a=2&b=1"),
                plain.query("a=2&api-key=sk-test-identities-0000&b=1"),
                plain.header("Authorization", "Bearer sk-test-identities-0000"),
                plain.header("User-Agent", "test"),
                plain.header("X-Stainless-Retry-Count", "1"),
                plain.with(CallTags.none().withFeature("chat").withUser("ann")),
                plain.with(CallTags.none().withCache("ttl=60, max-age=5, exact, paced, refresh")));

        assertThat(same.stream().map(ask -> ask.key(identities)).distinct()).hasSize(1);
        assertThat(plain.header("OPENAI-beta", "x").key(identities))
                .isEqualTo(plain.header("OpenAI-Beta", "x").key(identities));
    }

    @Test
    void members_that_are_ignored_do_not_count_and_only_outermost_ones_are() {
        Identities ignoring = new Identities(Ask.config(Caches.ignoring("user", "x\ny")));

        assertThat(Ask.chat("{\"user\":\"a\",\"x\\ny\":1,\"a\":{}}").key(ignoring))
                .isEqualTo(Ask.chat("{\"user\":\"b\",\"a\":{}}").key(ignoring))
                .isNotEqualTo(Ask.chat("{\"a\":{\"user\":\"a\"}}").key(ignoring));
    }

    @Test
    void partitions_are_never_taken_for_each_other() {
        CallTags none = CallTags.none();
        Ask plain = Ask.chat(PLAIN);

        assertDistinct(List.of(
                plain,
                plain.with(none.withTenant("a").withCache("namespace=b")),
                plain.with(none.withTenant("ab")),
                plain.with(none.withTenant("a")),
                plain.with(none.withTenant("b").withCache("namespace=a")),
                plain.with(none.withCache("namespace=ab")),
                plain.with(none.withTenant("")),
                plain.with(none.withTenant("a,b")),
                plain.with(none.withTenant("tenant")),
                plain.with(none.withTenant("a").withKey("b")),
                plain.with(none.withTenant("a").withRoute("b"))));
        assertThat(plain.with(none.withTenant("a\u0001b")).reason(identities)).isEqualTo("tenant not exact");
        assertThat(plain.with(none.withTenant("a?b")).reason(identities)).isEqualTo("tenant not exact");
        assertThat(plain.with(none.withTenant("x".repeat(300))).reason(identities))
                .isEqualTo("tenant not exact");
        assertThat(plain.with(none.withTenant("x".repeat(255))).reason(identities))
                .isEmpty();
    }

    @Test
    void a_shared_namespace_is_one_for_all_tenants_and_nothing_else_is() {
        Identities shared = new Identities(Ask.config(Caches.partition(Partition.TENANT_REQUIRED, "glossary")));
        CallTags a = CallTags.none().withTenant("a");
        CallTags b = CallTags.none().withTenant("b");
        Ask plain = Ask.chat(PLAIN);

        assertThat(plain.with(a.withCache("namespace=glossary")).key(shared))
                .isEqualTo(plain.with(b.withCache("namespace=glossary")).key(shared))
                .isEqualTo(policy("namespace=glossary").key(shared));
        assertThat(plain.with(a.withCache("namespace=glossary"))
                        .identity(shared)
                        .tenant())
                .isEmpty();
        assertThat(plain.with(a.withCache("namespace=Glossary")).key(shared))
                .isNotEqualTo(plain.with(b.withCache("namespace=Glossary")).key(shared));
        assertThat(plain.with(a).key(shared)).isNotEqualTo(plain.with(b).key(shared));
        assertThat(plain.reason(shared)).isEqualTo("no tenant");
        assertThat(plain.with(CallTags.none().withTenant(" ")).reason(shared)).isEqualTo("no tenant");
    }

    @Test
    void each_user_has_his_own_where_told() {
        Identities users = new Identities(Ask.config(Caches.partition(Partition.USER)));
        CallTags ann = CallTags.none().withUser("ann");
        Ask plain = Ask.chat(PLAIN);

        assertThat(plain.reason(users)).isEqualTo("no user");
        assertThat(plain.with(ann).key(users))
                .isNotEqualTo(plain.with(CallTags.none().withUser("bob")).key(users))
                .isNotEqualTo(plain.with(ann.withTenant("a")).key(users));
        assertThat(plain.with(ann).identity(users).user()).contains("ann");
        assertThat(Ask.chat("{\"user\":\"ann\"}").identity(users).user()).contains("ann");
        assertThat(plain.with(CallTags.none().withUser("a\nb")).reason(users)).isEqualTo("user not exact");
    }

    @Test
    void all_share_everything_only_where_told() {
        Identities shared = new Identities(Ask.config(Caches.partition(Partition.SHARED_BY_ALL_TENANTS)));
        Ask plain = Ask.chat(PLAIN);

        assertThat(plain.with(CallTags.none().withTenant("a")).key(shared))
                .isEqualTo(plain.key(shared))
                .isNotEqualTo(plain.key(identities));
    }

    @Test
    void the_first_rule_that_fits_counts() {
        Identities ruled = new Identities(Ask.config(Caches.rules(
                rule("/v1/embeddings", "*", true, Duration.ofDays(1)),
                rule("", "gpt-4o", false, null),
                rule("", "*", true, Duration.ofMinutes(1)))));

        assertThat(Ask.at("/v1/embeddings", "{\"model\":\"gpt-4o\"}")
                        .identity(ruled)
                        .ttl())
                .isEqualTo(Duration.ofDays(1));
        assertThat(Ask.chat("{\"model\":\"gpt-4o\"}").reason(ruled)).isEqualTo("rule");
        assertThat(Ask.chat("{\"model\":\"gpt-4\"}").identity(ruled).ttl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(Ask.chat("{}")
                        .with(CallTags.none().withCache("ttl=7"))
                        .identity(ruled)
                        .ttl())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(Ask.chat("{}").identity(identities).ttl()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void how_similar_a_question_has_to_be_depends_on_settings_rules_and_the_call() {
        CacheRule strict = new CacheRule(
                Optional.empty(), "gpt-4", Optional.empty(), true, Optional.empty(), OptionalDouble.of(0.99));
        Identities similar = new Identities(Ask.config(Caches.semantic(SemanticConfig.defaults(), strict)));

        assertThat(Ask.chat("{}").identity(similar).threshold()).hasValue(0.95);
        assertThat(Ask.chat("{\"model\":\"gpt-4\"}").identity(similar).threshold())
                .hasValue(0.99);
        assertThat(Ask.chat("{}")
                        .with(CallTags.none().withCache("exact"))
                        .identity(similar)
                        .threshold())
                .isEmpty();
        assertThat(Ask.at("/v1/embeddings", "{}").identity(similar).threshold()).isEmpty();
        assertThat(Ask.chat("{}").identity(identities).threshold()).isEmpty();
    }

    @Test
    void single_embeddings_have_one_key_however_they_are_asked_for() {
        CacheKey one = embeddings("\"a\"").key(identities);

        assertThat(embeddings("[\"a\"]").key(identities)).isEqualTo(one);
        assertThat(embeddings("[[1,2]]").key(identities))
                .isEqualTo(embeddings("[1,2]").key(identities));
        assertDistinct(List.of(
                embeddings("\"a\""),
                embeddings("\"[\\\"a\\\"]\""),
                embeddings("[\"a\",\"b\"]"),
                embeddings("[[\"a\",\"b\"]]"),
                embeddings("[[\"a\"]]"),
                embeddings("[1,2]"),
                embeddings("[[1],[2]]"),
                embeddings("[]")));
    }

    @Test
    void each_input_of_a_batch_has_the_key_it_would_have_alone() {
        Ask batch = embeddings("[\"a\", \"b\", \"a\", [1,2]]");

        List<CacheKey> keys = identities.inputs(batch.facts(), batch.identity(identities));

        assertThat(keys)
                .containsExactly(
                        embeddings("\"a\"").key(identities),
                        embeddings("\"b\"").key(identities),
                        embeddings("\"a\"").key(identities),
                        embeddings("[1,2]").key(identities));
        Ask single = embeddings("[\"a\"]");
        assertThat(identities.inputs(single.facts(), single.identity(identities)))
                .isEmpty();
        assertThat(identities.inputs(
                        Ask.chat("{\"input\":[\"a\",\"b\"]}").facts(),
                        Ask.chat("{\"input\":[\"a\",\"b\"]}").identity(identities)))
                .isEmpty();
    }

    private static Ask embeddings(String input) {
        return Ask.at("/v1/embeddings", "{\"model\":\"e\",\"input\":" + input + "}");
    }

    @Test
    void differences_are_named_by_place() {
        CacheQuestion one = question(
                "{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"a/b\":{\"~\":1},\"only\":1}");
        CacheQuestion other = question(
                        "{\"model\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"y\"},{}],\"a/b\":"
                                + "{\"~\":2,\"\":3},\"stream\":true}")
                .withTags(
                        CallTags.none().withTenant("t").withCache("namespace=n").withKey("k"));

        assertThat(identities.explain(one, other))
                .containsExactlyInAnyOrder(
                        new CacheDifference("tenant", "only in the second"),
                        new CacheDifference("namespace", "only in the second"),
                        new CacheDifference("key", "only in the second"),
                        new CacheDifference("/model", "differs"),
                        new CacheDifference("/messages/0/content", "differs"),
                        new CacheDifference("/messages/1", "only in the second"),
                        new CacheDifference("/a~1b/~0", "differs"),
                        new CacheDifference("/a~1b/", "only in the second"),
                        new CacheDifference("/only", "only in the first"));
        assertThat(identities.explain(one, one)).isEmpty();
    }

    @Test
    void questions_that_are_not_cached_say_so() {
        CacheQuestion kept = question("{\"store\":true}");

        assertThat(identities.explain(kept, kept))
                .containsExactly(
                        new CacheDifference("cache", "not for the first: kept upstream"),
                        new CacheDifference("cache", "not for the second: kept upstream"));
        assertThat(identities.explain(question("{}"), question("[]")))
                .containsExactly(new CacheDifference("cache", "not for the second: body no object"));
    }

    @Test
    void a_question_has_the_key_of_the_call_that_asks_it() {
        CallTags tags = CallTags.none().withTenant("a").withCache("namespace=b");
        CacheQuestion question = question(PLAIN).withTags(tags);

        assertThat(identities.read(question))
                .extracting(reading -> ((Reading.Cacheable) reading).identity().key())
                .isEqualTo(Ask.chat(PLAIN).with(tags).key(identities));
    }

    private static CacheQuestion question(String body) {
        return CacheQuestion.of(Ask.CHAT, body);
    }

    private static Ask policy(String text) {
        return Ask.chat(PLAIN).with(CallTags.none().withCache(text));
    }

    private static CacheRule rule(String endpoint, String model, boolean cached, @Nullable Duration ttl) {
        return new CacheRule(
                Optional.of(endpoint).filter(name -> !name.isEmpty()),
                model,
                Optional.empty(),
                cached,
                Optional.ofNullable(ttl),
                OptionalDouble.empty());
    }

    private void assertDistinct(List<Ask> asks) {
        List<CacheKey> keys = new ArrayList<>();
        for (Ask ask : asks) {
            CacheKey key = ask.key(identities);
            assertThat(keys).as("%s", ask).doesNotContain(key);
            keys.add(key);
        }
        assertThat(new HashSet<>(keys)).hasSameSizeAs(asks);
    }

    @Test
    void bytes_that_are_no_text_are_passed_by() {
        CacheQuestion broken = new CacheQuestion(
                Ask.CHAT, "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1), CallTags.none());

        assertThat(identities.read(broken)).isEqualTo(new Reading.Bypassed("body without one meaning"));
    }
}
