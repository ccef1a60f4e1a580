package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.OkHttpClient;

/** A chat completion, printed as it streams. */
public final class StreamedChatExample {
    private StreamedChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.wrap(new OkHttpClient()), System.out);
        }
    }

    /** Closing the stream matters: the call ends, is priced and reported when its body does. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClient openai = OpenAIOkHttpClient.builder()
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

        try (StreamResponse<ChatCompletionChunk> chunks =
                openai.chat().completions().createStreaming(question)) {
            chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .forEach(out::print);
        }
        out.println();
    }
}
