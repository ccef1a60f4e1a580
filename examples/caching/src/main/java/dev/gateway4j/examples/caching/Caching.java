package dev.gateway4j.examples.caching;

import dev.gateway4j.api.cache.AnswerCache;
import dev.gateway4j.api.cache.CacheDifference;
import dev.gateway4j.api.cache.CacheQuestion;
import dev.gateway4j.api.cache.CacheStats;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Asks a few questions, some of them twice or in other words, and prints what became of each at the cache and what was saved. The simulator
 * answers, so no key is needed and nothing leaves the machine.
 */
public final class Caching {
    private static final String ENDPOINT = "/v1/chat/completions";
    private static final String QUESTION = "How do I reset my password?";

    private final OkHttpClient http;
    private final AnswerCache cache;
    private final PrintStream out;

    private Caching(Gateway gateway, PrintStream out) {
        this.http = gateway.wrap(new OkHttpClient());
        this.cache = gateway.cache();
        this.out = out;
    }

    /** Takes no arguments. What the gateway logs goes to the standard error. */
    public static void main(String[] args) throws IOException {
        Path settings = Files.createTempDirectory("caching").resolve("gateway.yaml");
        try (InputStream yaml = Caching.class.getResourceAsStream("/caching.yaml")) {
            Files.copy(Objects.requireNonNull(yaml), settings);
        }
        run(settings, System.out);
    }

    static void run(Path settings, PrintStream out) throws IOException {
        try (Gateway gateway =
                Gateway.builder().file(settings).environment("development").build()) {
            Caching caching = new Caching(gateway, out);
            caching.ask("asked first", body(QUESTION, "gpt-4o", false));
            caching.ask("asked again", body(QUESTION, "gpt-4o", false));
            caching.ask("as a stream", body(QUESTION, "gpt-4o", true));
            caching.ask("in other words", body("How can I reset my password?", "gpt-4o", false));
            caching.ask("another question", body("How do I reset my phone?", "gpt-4o", false));
            caching.explain(body(QUESTION, "gpt-4o", false), body(QUESTION, "gpt-4o-mini", false));
            caching.bill();
        }
    }

    private void ask(String how, String body) throws IOException {
        Request request = new Request.Builder()
                .url("https://api.openai.com" + ENDPOINT)
                .post(RequestBody.create(body, MediaType.get("application/json")))
                .build();
        try (Response response = http.newCall(request).execute()) {
            String type =
                    response.header("content-type", "").startsWith("text/event-stream") ? "a stream" : "an answer";
            int length = response.body().string().length(); // to its end: only a whole answer is kept
            out.println(how + ": " + response.header("x-gateway-cache") + (length == 0 ? ", nothing" : ", " + type));
        }
    }

    private void explain(String one, String other) {
        for (CacheDifference difference :
                cache.explain(CacheQuestion.of(ENDPOINT, one), CacheQuestion.of(ENDPOINT, other))) {
            out.println("another key because of " + difference.place() + ": " + difference.what());
        }
    }

    private void bill() {
        CacheStats stats = cache.stats();
        out.println(stats.count(CacheStatus.HIT) + " hits, " + stats.count(CacheStatus.SEMANTIC)
                + " to a similar question, " + stats.count(CacheStatus.MISS) + " misses");
        out.println("saved " + stats.savings().usd().toPlainString() + " USD, embedding cost "
                + stats.semantic().embeddingUsd().toPlainString() + " USD, so "
                + stats.netUsd().toPlainString() + " USD less on the bill");
    }

    private static String body(String question, String model, boolean stream) {
        return """
                {"model": "%s", "temperature": 0, "stream": %s, "messages": [
                  {"role": "system", "content": "You help customers."},
                  {"role": "user", "content": "%s"}]}""".formatted(model, stream, question);
    }
}
