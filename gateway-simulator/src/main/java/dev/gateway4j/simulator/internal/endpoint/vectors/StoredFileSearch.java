package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.encode.FileSearch;
import dev.gateway4j.simulator.internal.http.Services;
import java.util.List;

/**
 * Searches the vector stores that are remembered, for the tool {@code file_search}. A store nobody has made is searched in vain: applications
 * come with the ids of stores they made elsewhere. Thread-safe.
 */
public final class StoredFileSearch implements FileSearch {
    private final VectorStores stores;
    private final VectorSearch search;

    /** Searches the vector stores these services remember. */
    public StoredFileSearch(Services services) {
        this.stores = new VectorStores(services);
        this.search = new VectorSearch(stores);
    }

    @Override
    public List<Hit> search(List<String> ids, String query, int most) {
        List<String> known = ids.stream().filter(this::searchable).toList();
        if (known.isEmpty() || query.isBlank()) {
            return List.of();
        }
        VectorSearch.Question question = new VectorSearch.Question(List.of(query), MissingNode.getInstance(), most, 0);
        return search.find(known, question).stream().map(StoredFileSearch::hit).toList();
    }

    private boolean searchable(String id) {
        return stores.stores()
                .find(id)
                .filter(store -> !store.json().path("status").asText().equals("expired"))
                .isPresent();
    }

    private static Hit hit(VectorSearch.Hit hit) {
        ObjectNode attributes =
                hit.attributes() instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return new Hit(hit.fileId(), hit.fileName(), hit.score(), hit.text(), attributes);
    }
}
