package dev.gateway4j.examples.langchain4j;

import dev.gateway4j.okhttp.Gateway;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
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

    /** LangChain4j would repeat even what the gateway refused on purpose, so its retries are off. */
    public static void run(OkHttpClient http, PrintStream out) {
        ChatModel model = OpenAiChatModel.builder()
                .httpClientBuilder(new OkHttpHttpClientBuilder(http))
                .apiKey("gateway")
                .modelName("gpt-4o")
                .maxRetries(0)
                .build();

        out.println(model.chat("Say hello to the gateway."));
    }
}
