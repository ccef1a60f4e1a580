package dev.gateway4j.examples.springai;

import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.Interceptor;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** A chat completion, printed as it streams. */
public final class StreamedChatExample {
    private StreamedChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.interceptor(), System.out);
        }
        System.exit(0); // or idle threads of Spring AI's own client keep the process alive for a minute
    }

    /** Returns when the stream has ended. */
    public static void run(Interceptor gateway, PrintStream out) {
        OpenAiChatModel model = OpenAiChatModel.builder()
                .options(OpenAiChatOptions.builder()
                        .apiKey("gateway")
                        .model("gpt-4o")
                        .streamUsage(true)
                        .maxRetries(0)
                        .build())
                .httpClientBuilderCustomizer(http -> http.interceptor(gateway))
                .build();

        model.stream("Say hello to the gateway.").doOnNext(out::print).blockLast();
        out.println();
    }
}
