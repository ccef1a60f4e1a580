package dev.gateway4j.examples.springai;

import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.Interceptor;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** A chat completion. */
public final class ChatExample {
    private ChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.interceptor(), System.out);
        }
    }

    /** Spring AI builds its own client, so it gets the interceptor; with no retries of its own, or they would multiply the gateway's. */
    public static void run(Interceptor gateway, PrintStream out) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .apiKey("gateway")
                        .model("gpt-4o")
                        .maxRetries(0)
                        .build())
                .httpClientBuilderCustomizer(http -> http.interceptor(gateway))
                .build();

        out.println(model.call("Say hello to the gateway."));
    }
}
