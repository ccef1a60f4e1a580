package dev.gateway4j.examples.langchain4j;

import dev.gateway4j.okhttp.Gateway;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;

/** A chat completion, printed as it streams on a thread of OkHttp. */
public final class StreamedChatExample {
    private StreamedChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            OkHttpClient http = gateway.wrap(new OkHttpClient());
            run(http, System.out);
            http.dispatcher().executorService().shutdown(); // or its idle threads keep the process alive for a minute
        }
    }

    /** Returns when the answer is complete. Streaming models of LangChain4j do not retry. */
    public static void run(OkHttpClient http, PrintStream out) {
        StreamingChatModel model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new OkHttpHttpClientBuilder(http))
                .apiKey("gateway")
                .modelName("gpt-4o")
                .build();
        CompletableFuture<ChatResponse> complete = new CompletableFuture<>();

        model.chat("Say hello to the gateway.", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                out.print(text);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                complete.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                complete.completeExceptionally(error);
            }
        });

        complete.join();
        out.println();
    }
}
