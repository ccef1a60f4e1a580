package dev.gateway4j.examples.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.examples.langchain4j.CacheEmbedder;
import dev.gateway4j.examples.langchain4j.OkHttpHttpClientBuilder;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.testkit.EmbedderContract;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.Response;
import java.util.List;
import java.util.Locale;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class CacheEmbedderTest extends EmbedderContract {
    /** Stands where a model that runs in the process would: counts words. */
    private static final EmbeddingModel MODEL = new EmbeddingModel() {
        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            return Response.from(segments.stream()
                    .map(segment -> Embedding.from(counted(segment.text())))
                    .toList());
        }
    };

    private static float[] counted(String text) {
        float[] counts = new float[64];
        for (String word : text.toLowerCase(Locale.ROOT).split("\\W+", -1)) {
            counts[Math.floorMod(word.hashCode(), counts.length)]++;
        }
        return counts;
    }

    @Override
    protected Embedder embedder() {
        return new CacheEmbedder(MODEL);
    }

    @Test
    void the_cache_finds_similar_questions_by_the_vectors_of_langchain4j() {
        try (Gateway gateway = Gateway.builder()
                .environment("development")
                .mode(Mode.SIMULATED)
                .set("gateway.cache.semantic.embedder", "own")
                .set("gateway.cache.semantic.threshold", "0.7")
                .set("gateway.cache.semantic.timeout", "30s")
                .embedder(new CacheEmbedder(MODEL))
                .build()) {
            ChatModel chat = OpenAiChatModel.builder()
                    .httpClientBuilder(new OkHttpHttpClientBuilder(gateway.wrap(new OkHttpClient())))
                    .apiKey("gateway")
                    .modelName("gpt-4o")
                    .maxRetries(0)
                    .build();

            String first = chat.chat("How do I reset my password?");
            String again = chat.chat("How can I reset my password?");

            assertThat(again).isEqualTo(first);
            assertThat(gateway.cache().stats().count(CacheStatus.SEMANTIC)).isOne();
        }
    }
}
