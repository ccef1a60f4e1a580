package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.spi.TokenCounter;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.simulator.RateLimits;
import dev.gateway4j.simulator.SimulatedOpenAi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class EstimatorTest {
    private static final long PLENTY = 1_000_000_000L;
    private static final String[] WORDS = {"Paris", "é", "日本", "😀", " ", "\\n", "\\u00fc", "Straße", "x".repeat(50)};

    private final SimulatedOpenAi openai = SimulatedOpenAi.builder()
            .config(GatewayConfig.reader()
                    .set("environment", "development")
                    .set("openai.mode", Mode.SIMULATED.id())
                    .read())
            .time(ManualTime.standing())
            .limits(RateLimits.parse("*: 1000000000 tpm"))
            .build();
    private long left = PLENTY;

    @Test
    void the_estimate_of_the_upstream_is_never_below_what_it_charges() {
        Random random = new Random(11);
        UpstreamEstimator estimator = new UpstreamEstimator();
        for (int i = 0; i < 2_000; i++) {
            String endpoint = List.of("/v1/chat/completions", "/v1/responses", "/v1/embeddings", "/v1/completions")
                    .get(random.nextInt(4));
            String body = body(endpoint, random);

            long charged = charged(endpoint, body);

            assertThat(estimator.of(Asked.at(endpoint, body)).tokens())
                    .as("%s %s", endpoint, body)
                    .isEqualTo(charged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/images/generations", "/v1/audio/speech"})
    void pictures_and_sound_are_not_charged_by_text(String endpoint) {
        String body = "{\"model\":\"gpt-image-1\",\"prompt\":\"a cat\",\"input\":\"say this\"}";

        assertThat(new UpstreamEstimator().of(Asked.at(endpoint, body)).tokens())
                .isZero();
        assertThat(new WorstCaseEstimator().of(Asked.at(endpoint, body)).tokens())
                .isZero();
    }

    private static String body(String endpoint, Random random) {
        String model = "\"model\":\"gpt-4o-mini\"";
        return switch (endpoint) {
            case "/v1/chat/completions" -> {
                StringBuilder messages = new StringBuilder();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    messages.append("{\"role\":\"user\",\"content\":")
                            .append(content(random))
                            .append(i == 0 ? "}" : "},");
                }
                yield "{" + model + ",\"max_tokens\":900,\"messages\":[" + messages + "]}";
            }
            case "/v1/responses" ->
                "{" + model + ",\"instructions\":" + text(random) + ",\"input\":" + text(random) + "}";
            case "/v1/embeddings" -> "{\"model\":\"text-embedding-3-small\",\"input\":" + many(random) + "}";
            default ->
                "{\"model\":\"gpt-3.5-turbo-instruct\",\"n\":" + (1 + random.nextInt(3)) + ",\"prompt\":" + many(random)
                        + "}";
        };
    }

    private static String content(Random random) {
        return random.nextBoolean()
                ? text(random)
                : "[{\"type\":\"text\",\"text\":" + text(random)
                        + "},{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]";
    }

    private static String many(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> text(random);
            case 1 -> "[" + text(random) + "," + text(random) + "]";
            case 2 -> "[1,2,3,4]";
            default -> "[[1,2],[3]]";
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.append('"').toString();
    }

    private long charged(String endpoint, String body) {
        String model = Asked.at(endpoint, body).modelSent().orElseThrow();
        WireReply reply = (WireReply) openai.answer(new WireRequest(
                "c",
                1,
                "POST",
                "https",
                "api.openai.com",
                endpoint,
                "",
                endpoint,
                WireHeaders.of("openai-organization", model + left, "content-type", "application/json"),
                CallTags.none(),
                body.getBytes(StandardCharsets.UTF_8),
                0));
        left--; // an organization of its own for each question, so that each finds a full bucket
        return PLENTY
                - Long.parseLong(
                        reply.headers().first("x-ratelimit-remaining-tokens").orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4096",
        "',\"max_tokens\":7', 7",
        "',\"max_tokens\":7,\"max_completion_tokens\":90', 90",
        "',\"max_tokens\":7,\"n\":3', 21",
        "',\"n\":2', 8192"
    })
    void the_worst_answer_is_as_long_as_its_cap(String more, long expected) {
        CallFacts call = Asked.chat("{\"model\":\"m\"" + more + ",\"messages\":[]}");

        assertThat(new WorstCaseEstimator().of(call).outputTokens()).isEqualTo(expected);
    }

    @Test
    void without_a_cap_it_is_what_95_of_100_answers_of_the_model_stayed_below() {
        WorstCaseEstimator estimator = new WorstCaseEstimator();
        CallFacts call = Asked.chat("{\"model\":\"m\",\"messages\":[]}");
        for (int i = 1; i <= 19; i++) {
            estimator.learn(call, 100);
        }
        assertThat(estimator.of(call).outputTokens()).as("not enough seen").isEqualTo(4_096);

        for (int i = 20; i <= 100; i++) {
            estimator.learn(call, i);
        }

        assertThat(estimator.of(call).outputTokens()).isBetween(100L, 112L);
        assertThat(estimator
                        .of(Asked.chat("{\"model\":\"another\",\"messages\":[]}"))
                        .outputTokens())
                .isEqualTo(4_096);
    }

    @Test
    void newer_answers_count_more_than_older_ones() {
        OutputHistory history = new OutputHistory();
        for (int i = 0; i < 5_000; i++) {
            history.seen("m", 10_000);
        }
        assertThat(history.high("m")).isBetween(10_000L, 11_500L);

        for (int i = 0; i < 5_000; i++) {
            history.seen("m", 50);
        }

        assertThat(history.high("m")).isBetween(50L, 56L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 8, 9, 15, 16, 100, 4_095, 4_096, 1_000_000, 4_000_000_000L})
    void no_length_is_taken_for_less_than_it_is(long length) {
        OutputHistory history = new OutputHistory();
        for (int i = 0; i < 20; i++) {
            history.seen("m", length);
        }

        assertThat(history.high("m")).isBetween(length, length + length / 8 + 1);
    }

    @Test
    void an_exact_question_is_what_the_tokenizer_says() {
        TokenCounter counter = ServiceLoader.load(TokenCounter.class).iterator().next();
        ExactEstimator exact = new ExactEstimator(counter);

        Estimate estimate = exact.of(Asked.chat(
                "{\"model\":\"gpt-4o-mini\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"What is the"
                        + " capital of France?\"}]}"));

        assertThat(estimate).isEqualTo(new Estimate(14, 5)); // what OpenAI bills for this question
    }

    @Test
    void exact_counts_every_text_once_even_if_many_ask_at_once() throws Exception {
        ConcurrentHashMap<String, AtomicInteger> counted = new ConcurrentHashMap<>();
        CountDownLatch counting = new CountDownLatch(1);
        RememberedCounts counts = new RememberedCounts((model, text) -> {
            counted.computeIfAbsent(text, unused -> new AtomicInteger()).incrementAndGet();
            await(counting);
            return text.length();
        });
        String text = "a text that is long enough to be remembered by its hash";
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> counts.count("m", text)));
            }
            counting.countDown();
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(text.length());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(counts.count("m", text)).isEqualTo(text.length());
        assertThat(counted.get(text)).hasValue(1);
        counts.count("another model", text);
        assertThat(counted.get(text)).hasValue(2);
    }

    @Test
    void a_counter_that_fails_fails_no_call() {
        ExactEstimator exact = new ExactEstimator((model, text) -> {
            throw new IllegalStateException("broken");
        });
        CallFacts call = Asked.chat("{\"model\":\"m\",\"max_tokens\":5,\"messages\":[{\"content\":\"hi\"}]}");

        assertThat(exact.of(call)).isEqualTo(new WorstCaseEstimator().of(call));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s, 0.1 s",
        "1, 1ms, 0.1 s",
        "17000000, 17ms, 0.1 s",
        "11800000000, 11.8s, 11.8 s",
        "6596000001, 6.597s, 6.6 s",
        "64800000000, 1m4.8s, 64.8 s",
        "360000000000, 6m0s, 6 min",
        "85056648000000, 23h37m36.648s, 23.7 h"
    })
    void durations_are_said_as_people_and_headers_say_them(long nanos, String go, String words) {
        assertThat(Durations.go(nanos)).isEqualTo(go);
        assertThat(Durations.words(nanos)).isEqualTo(words);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"m\",\"max_tokens\":999999999999999999,\"messages\":[]}",
                "{\"model\":\"m\",\"n\":2147483647,\"max_tokens\":999999999,\"messages\":[]}"
            })
    void no_caller_names_more_than_can_be_true(String body) {
        Estimate estimate = new WorstCaseEstimator().of(Asked.chat(body));

        assertThat(estimate.outputTokens()).isBetween(1_000_000L, 1_024_000_000L);
        assertThat(estimate.inputTokens()).isLessThanOrEqualTo(10_000_000);
    }

    @Test
    void a_great_number_of_answers_is_not_believed_of_a_question() {
        CallFacts call = Asked.at("/v1/completions", "{\"model\":\"m\",\"n\":2147483647,\"prompt\":\"hi\"}");

        assertThat(new UpstreamEstimator().of(call).tokens()).isLessThanOrEqualTo(1_025);
    }
}
