package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingModel;
import com.openai.models.responses.ResponseCreateParams;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;

/** A chat completion, a response and an embedding at the same time, without a thread that waits. */
public final class AsyncExample {
    private AsyncExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            OkHttpClient http = gateway.wrap(new OkHttpClient());
            run(http, System.out);
            http.dispatcher().executorService().shutdown(); // or its idle threads keep the process alive for a minute
        }
    }

    /** Prints what each of them brought, in the order of asking. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClientAsync openai = OpenAIOkHttpClientAsync.builder()
                .okHttpClient(http)
                .apiKey("gateway")
                .maxRetries(0)
                .build();

        CompletableFuture<Integer> choices = openai.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Say hello.")
                        .build())
                .thenApply(answer -> answer.choices().size());
        CompletableFuture<Integer> items = openai.responses()
                .create(ResponseCreateParams.builder()
                        .model("gpt-4o")
                        .input("Say hello.")
                        .build())
                .thenApply(answer -> answer.output().size());
        CompletableFuture<Integer> vectors = openai.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(EmbeddingModel.TEXT_EMBEDDING_3_SMALL)
                        .input("Hello.")
                        .build())
                .thenApply(answer -> answer.data().size());

        out.println(choices.join() + " choice, " + items.join() + " item, " + vectors.join() + " vector");
    }
}
