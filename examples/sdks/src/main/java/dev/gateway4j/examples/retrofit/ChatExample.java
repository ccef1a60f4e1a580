package dev.gateway4j.examples.retrofit;

import dev.gateway4j.examples.retrofit.ChatApi.Answer;
import dev.gateway4j.examples.retrofit.ChatApi.Message;
import dev.gateway4j.examples.retrofit.ChatApi.Question;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import okhttp3.OkHttpClient;
import retrofit2.Response;
import retrofit2.Retrofit;
import retrofit2.converter.jackson.JacksonConverterFactory;

/** A chat completion through an interface of one's own. */
public final class ChatExample {
    private ChatExample() {}

    /** Who answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
    public static void main(String[] args) throws Exception {
        try (Gateway gateway = Gateway.create()) {
            run(gateway.wrap(new OkHttpClient()), System.out);
        }
    }

    /** No key in sight: the gateway has it. */
    public static void run(OkHttpClient http, PrintStream out) throws IOException {
        ChatApi openai = new Retrofit.Builder()
                .baseUrl("https://api.openai.com/")
                .client(http)
                .addConverterFactory(JacksonConverterFactory.create())
                .build()
                .create(ChatApi.class);

        Response<Answer> response = openai.chat(
                        new Question("gpt-4o", List.of(new Message("user", "Say hello to the gateway."))))
                .execute();

        Answer answer = response.body();
        if (answer == null) {
            throw new IOException("status " + response.code());
        }
        out.println(answer.choices().get(0).message().content());
    }
}
