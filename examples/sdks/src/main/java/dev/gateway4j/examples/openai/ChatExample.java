package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.OkHttpClient;

/** A chat completion. */
public final class ChatExample {
    private ChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.wrap(new OkHttpClient()), System.out);
        }
    }

    /** The key is a placeholder, the gateway puts the environment's own in its place; retries are the gateway's too. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClient openai = OpenAIOkHttpClient.builder()
                .okHttpClient(http)
                .apiKey("gateway")
                .maxRetries(0)
                .build();

        ChatCompletion answer = openai.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Say hello to the gateway.")
                        .build());

        answer.choices().get(0).message().content().ifPresent(out::println);
    }
}
