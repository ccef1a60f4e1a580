package dev.gateway4j.examples.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.io.PrintStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** Asks OpenAI and prints the answer as it streams. Who really answers is decided by {@code -Dgateway.environment} and {@code -Dgateway.mode}. */
public final class QuickStart {
    private static final String URL = "https://api.openai.com/v1/chat/completions";
    private static final MediaType JSON = MediaType.get("application/json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private QuickStart() {}

    /** The words of the prompt are the arguments. Exits with 1 if there was no answer, with 2 if the settings do not work. */
    public static void main(String[] args) {
        System.exit(start(args.length == 0 ? "Say hello to the gateway." : String.join(" ", args)));
    }

    private static int start(String prompt) {
        try (Gateway gateway = Gateway.create()) {
            return run(gateway.wrap(new OkHttpClient()), prompt, System.out);
        } catch (GatewayConfigException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (IOException e) {
            System.err.println(e);
            return 1;
        }
    }

    /** Returns 0 if the answer came, 1 if an error came in its place. */
    static int run(OkHttpClient http, String prompt, PrintStream out) throws IOException {
        String question = """
                {"model": "gpt-4o", "stream": true, "stream_options": {"include_usage": true},
                 "messages": [{"role": "user", "content": %s}]}""".formatted(MAPPER.writeValueAsString(prompt));
        Request request = new Request.Builder()
                .url(URL)
                .post(RequestBody.create(question, JSON))
                .build();
        try (Response response = http.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                JsonNode error = MAPPER.readTree(response.body().bytes()).path("error");
                out.println(response.code() + " " + error.path("message").asText());
                return 1;
            }
            printText(response.body().source(), out);
            return 0;
        }
    }

    private static void printText(BufferedSource stream, PrintStream out) throws IOException {
        for (String line = stream.readUtf8Line(); line != null; line = stream.readUtf8Line()) {
            if (line.startsWith("data: {")) {
                out.print(MAPPER.readTree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asText(""));
                out.flush();
            }
        }
        out.println();
    }
}
