package dev.gateway4j.okhttp.internal.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.cache.key.SemanticQuestion;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Embedded;
import dev.gateway4j.okhttp.internal.cache.shape.Examination;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
    private static final String STREAM = """
            data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"It is "},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{"content":"Paris."},"finish_reason":null}]}

            data: {"id":"c","object":"chat.completion.chunk","model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @Test
    void a_stream_that_did_not_say_what_it_used_says_something_all_the_same() {
        assertThat(AnswerText.of(stored("text/event-stream", STREAM))).contains("It is Paris.");
    }

    @Test
    void a_question_takes_its_vector_and_its_text() {
        Embedded question =
                new Embedded(new SemanticQuestion(CacheKey.of(new byte[32]), "x".repeat(100)), new float[] {1, 0, 0});

        assertThat(Comparison.bytes(question)).isEqualTo(4 * 3 + 2 * 100);
        assertThat(Comparison.bytes(null)).isZero();
    }

    private static StoredAnswer stored(String type, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Landed landed = new Landed(
                "/v1/chat/completions",
                200,
                Optional.of(type),
                Optional.empty(),
                Optional.empty(),
                bytes,
                new int[] {bytes.length},
                new long[] {0});
        return ((Examination.Fit) Examination.of(landed, CacheConfig.defaults())).answer();
    }
}
