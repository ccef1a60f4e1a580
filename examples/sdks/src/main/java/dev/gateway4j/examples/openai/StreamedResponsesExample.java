package dev.gateway4j.examples.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintStream;
import okhttp3.OkHttpClient;

/** A response of the Responses API, printed as it streams. */
public final class StreamedResponsesExample {
    private StreamedResponsesExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.wrap(new OkHttpClient()), System.out);
        }
    }

    /** The last event carries the usage, unasked. */
    public static void run(OkHttpClient http, PrintStream out) {
        OpenAIClient openai = OpenAIOkHttpClient.builder()
                .okHttpClient(http)
                .apiKey("gateway")
                .maxRetries(0)
                .build();
        ResponseCreateParams question = ResponseCreateParams.builder()
                .model("gpt-4o")
                .input("Say hello to the gateway.")
                .build();

        try (StreamResponse<ResponseStreamEvent> events = openai.responses().createStreaming(question)) {
            events.stream()
                    .flatMap(event -> event.outputTextDelta().stream())
                    .forEach(delta -> out.print(delta.delta()));
        }
        out.println();
    }
}
