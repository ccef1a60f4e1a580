package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.OkHttpClient;

/** A chat completion, printed as it streams on a thread of the SDK. */
public final class AsyncStreamedChatExample {
    private AsyncStreamedChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            OkHttpClient http = gateway.wrap(new OkHttpClient());
            run(http, System.out);
            http.dispatcher().executorService().shutdown(); // or its idle threads keep the process alive for a minute
        }
    }

    /** Returns when the stream has ended. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClientAsync openai = OpenAIOkHttpClientAsync.builder()
                .okHttpClient(http)
                .apiKey("gateway")
                .maxRetries(0)
                .build();
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("Say hello to the gateway.")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build();

        openai.chat()
                .completions()
                .createStreaming(question)
                .subscribe(chunk -> chunk.choices()
                        .forEach(choice -> choice.delta().content().ifPresent(out::print)))
                .onCompleteFuture()
                .join();
        out.println();
        openai.close(); // ends the SDK's own thread for streams; the OkHttp client stays as it is
    }
}
