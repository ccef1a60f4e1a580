package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.internal.cache.key.SemanticQuestion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Measures how many of the pairs hit with some model's embeddings. The settings of the gateway say which, so it runs with the simulator or a
 * real model: {@code HitRates [MODEL [THRESHOLD]]} with {@code -Dgateway.environment} and {@code -Dgateway.mode} as for any application.
 */
final class HitRates {
    private static final CacheKey BUCKET = CacheKey.of(new byte[32]);
    private static final CacheKey ANSWER = CacheKey.of(bytes());

    private HitRates() {}

    /**
     * What was measured.
     *
     * @param pairs how many pairs there were
     * @param near how many the vectors alone take for the same
     * @param hits how many of these the guards let through
     * @param let how many the guards let through whatever the vectors say
     */
    record Rate(int pairs, int near, int hits, int let) {
        @Override
        public String toString() {
            return pairs + " pairs: " + near + " near enough, " + hits + " hits; guards alone let " + let + " through";
        }
    }

    public static void main(String[] arguments) throws Exception {
        String model = arguments.length > 0 ? arguments[0] : "text-embedding-3-small";
        double threshold = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 0.95;
        try (Gateway gateway = Gateway.create()) {
            Embedder embedder = embedder(gateway, model);
            System.out.println("alike, threshold " + threshold + ": " + of(Pairs.alike(), embedder, threshold));
            System.out.println("different: " + of(Pairs.different(), embedder, threshold));
        }
    }

    static Embedder embedder(Gateway gateway, String model) {
        OkHttpClient client = gateway.wrap(new OkHttpClient());
        return text -> {
            String input = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            Request request = new Request.Builder()
                    .url("https://api.openai.com/v1/embeddings")
                    .post(RequestBody.create(
                            "{\"model\":\"" + model + "\",\"input\":\"" + input + "\"}",
                            MediaType.get("application/json")))
                    .build();
            try (Response response = client.newCall(request).execute()) {
                return EmbeddingAnswer.read(response);
            }
        };
    }

    static Rate of(List<Pairs.Pair> pairs, Embedder asking, double threshold) throws IOException {
        Map<String, float[]> vectors = new HashMap<>();
        for (Pairs.Pair pair : pairs) {
            vectors.put(pair.one(), vector(asking, pair.one()));
            vectors.put(pair.other(), vector(asking, pair.other()));
        }
        Embedder embedder = text -> Objects.requireNonNull(vectors.get(text));
        int near = 0;
        int hits = 0;
        int let = 0;
        for (Pairs.Pair pair : pairs) {
            let += hits(pair, text -> new float[] {1}, threshold) ? 1 : 0;
            hits += hits(pair, embedder, threshold) ? 1 : 0;
            near += near(pair, embedder) >= threshold ? 1 : 0;
        }
        return new Rate(pairs.size(), near, hits, let);
    }

    private static float[] vector(Embedder embedder, String text) throws IOException {
        try {
            return embedder.embed(text);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** True if the answer to one of the two is given to the other. */
    static boolean hits(Pairs.Pair pair, Embedder embedder, double threshold) {
        return hits(pair.one(), pair.other(), embedder, threshold)
                || hits(pair.other(), pair.one(), embedder, threshold);
    }

    private static boolean hits(String kept, String asked, Embedder embedder, double threshold) {
        try (Similarities similarities = new Similarities(
                SemanticConfig.defaults(),
                Optional.empty(),
                Optional.empty(),
                ManualTime.standing(),
                new Random(1),
                new EmbeddingBill())) {
            similarities.kept(similarities.embed(question(kept), embedder).orElseThrow(), ANSWER);
            return similarities
                    .find(similarities.embed(question(asked), embedder).orElseThrow(), OptionalDouble.of(threshold))
                    .isPresent();
        }
    }

    private static double near(Pairs.Pair pair, Embedder embedder) throws IOException {
        float[] one = Vectors.unit(vector(embedder, pair.one())).orElseThrow();
        return Vectors.cosine(one, Vectors.unit(vector(embedder, pair.other())).orElseThrow());
    }

    private static SemanticQuestion question(String text) {
        return new SemanticQuestion(BUCKET, text);
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[32];
        bytes[0] = 1;
        return bytes;
    }
}
