package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.embed.Embedder;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.memory.BoundedMap;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Finds the chunks of stored files that are nearest to a question. Thread-safe. */
public final class VectorSearch {
    private static final String MODEL = "text-embedding-3-large";
    private static final int DIMENSIONS = 256;
    private static final int REMEMBERED = 8_192;

    private final VectorStores stores;
    private final Map<Fingerprint, float[]> vectors = BoundedMap.of(REMEMBERED);

    /** Searches the vector stores these services remember. */
    public VectorSearch(Services services) {
        this(new VectorStores(services));
    }

    VectorSearch(VectorStores stores) {
        this.stores = stores;
    }

    /**
     * A chunk that was found.
     *
     * @param fileId the id of its file
     * @param fileName the name of its file
     * @param score how near it is, from 0 to 1
     * @param attributes the attributes of its file
     * @param text what it says
     */
    public record Hit(String fileId, String fileName, double score, JsonNode attributes, String text) {}

    /**
     * What is asked.
     *
     * @param queries the questions; a chunk is as near as it is to the nearest of them
     * @param filters conditions on the attributes of files, as a request has them; missing for none
     * @param most how many hits at most
     * @param threshold the least score
     */
    public record Question(List<String> queries, JsonNode filters, int most, double threshold) {
        /** Copies the list. */
        public Question {
            queries = List.copyOf(queries);
        }
    }

    /**
     * The hits in these stores, best first. Stores so searched count as used.
     *
     * @throws dev.gateway4j.simulator.internal.request.ApiError if one of the stores does not exist or has expired
     */
    public List<Hit> find(List<String> storeIds, Question question) {
        List<float[]> queries = question.queries().stream().map(this::vector).toList();
        List<Hit> hits = new ArrayList<>();
        for (String id : storeIds) {
            Item store = stores.used(id);
            stores.filesOf(store.id()).stream()
                    .filter(file -> Filters.pass(question.filters(), file.json().path("attributes")))
                    .forEach(file -> hits.addAll(hits(file, queries)));
        }
        hits.removeIf(hit -> hit.score() < question.threshold());
        hits.sort(Comparator.comparingDouble(Hit::score).reversed());
        return List.copyOf(hits.subList(0, Math.min(question.most(), hits.size())));
    }

    private List<Hit> hits(Item file, List<float[]> queries) {
        List<Hit> hits = new ArrayList<>();
        for (JsonNode chunk : file.hidden().path("chunks")) {
            float[] vector = vector(chunk.asText());
            double score = queries.stream()
                    .mapToDouble(query -> similarity(query, vector))
                    .max()
                    .orElse(0);
            hits.add(new Hit(
                    file.json().path("id").asText(),
                    file.hidden().path("filename").asText(),
                    score,
                    file.json().path("attributes"),
                    chunk.asText()));
        }
        return hits;
    }

    private float[] vector(String text) {
        return vectors.computeIfAbsent(Fingerprint.of(MODEL, text), unused -> Embedder.embed(MODEL, text, DIMENSIONS));
    }

    /** The cosine, four digits of it, and never below 0. */
    private static double similarity(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return Math.round(Math.min(1, Math.max(0, sum)) * 10_000) / 10_000.0;
    }
}
