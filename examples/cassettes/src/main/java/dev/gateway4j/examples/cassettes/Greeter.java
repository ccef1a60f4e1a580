package dev.gateway4j.examples.cassettes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks a model to greet somebody. It knows nothing of gateways or cassettes. */
public final class Greeter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OkHttpClient client;

    /** A greeter that asks through this client. */
    public Greeter(OkHttpClient client) {
        this.client = client;
    }

    /** The greeting. */
    public String greet(String whom) throws IOException {
        JsonNode question = JSON.createObjectNode()
                .put("model", "gpt-4o-mini")
                .set(
                        "messages",
                        JSON.createArrayNode()
                                .add(JSON.createObjectNode()
                                        .put("role", "user")
                                        .put("content", "Greet " + whom + ".")));
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create(JSON.writeValueAsBytes(question), MediaType.get("application/json")))
                .build();
        try (Response response = client.newCall(request).execute()) {
            return JSON.readTree(response.body().bytes())
                    .at("/choices/0/message/content")
                    .asText();
        }
    }
}
