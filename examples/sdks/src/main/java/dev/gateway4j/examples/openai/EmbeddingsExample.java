package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingModel;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.OkHttpClient;

/** The embedding of a sentence. */
public final class EmbeddingsExample {
    private EmbeddingsExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.wrap(new OkHttpClient()), System.out);
        }
    }

    /** Prints how long the vector is. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClient openai = OpenAIOkHttpClient.builder()
                .okHttpClient(http)
                .apiKey("gateway")
                .maxRetries(0)
                .build();

        CreateEmbeddingResponse answer = openai.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(EmbeddingModel.TEXT_EMBEDDING_3_SMALL)
                        .input("A gateway inside the client.")
                        .build());

        out.println(answer.data().get(0).embedding().size() + " dimensions");
    }
}
