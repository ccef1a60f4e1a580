package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.OkHttpClient;

/** A response of the Responses API. */
public final class ResponsesExample {
    private ResponsesExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.wrap(new OkHttpClient()), System.out);
        }
    }

    /** The text lies in the messages among the output items. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClient openai = OpenAIOkHttpClient.builder()
                .okHttpClient(http)
                .apiKey("gateway")
                .maxRetries(0)
                .build();

        Response answer = openai.responses()
                .create(ResponseCreateParams.builder()
                        .model("gpt-4o")
                        .input("Say hello to the gateway.")
                        .build());

        answer.output().stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(content -> content.outputText().stream())
                .forEach(text -> out.println(text.text()));
    }
}
