package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Lists;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/vector_stores} and the search in them; their files are with {@link StoreFiles}. */
public final class VectorEndpoints implements Endpoints {
    private static final String STORES = "/v1/vector_stores";
    private static final String ONE = STORES + "/*";
    private static final int MOST_FILES = 500;
    private static final int MOST_HITS = 50;
    private static final int STANDARD_HITS = 10;

    private final VectorStores stores;
    private final VectorSearch search;
    private final StoreFiles files;

    /** Answers with these services. */
    public VectorEndpoints(Services services) {
        this.stores = new VectorStores(services);
        this.search = new VectorSearch(stores);
        this.files = new StoreFiles(stores, new FileStore(services));
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", STORES, this::create)
                .add("GET", STORES, this::list)
                .add(
                        "GET",
                        ONE,
                        exchange -> Replies.json(
                                exchange,
                                stores.stores().get(StoreFiles.store(exchange)).json()))
                .add("POST", ONE, this::update)
                .add("DELETE", ONE, this::delete)
                .add("POST", ONE + "/search", this::search);
        files.addTo(routes, ONE);
    }

    private WireReply create(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("file_ids", "name", "description", "expires_after", "chunking_strategy", "metadata");
        List<Item> attached = files.files("file_ids", body.texts("file_ids", MOST_FILES));
        Attachment how = new Attachment(Chunking.of(body), JsonNodeFactory.instance.objectNode());
        long now = exchange.seconds();
        String id = exchange.ids().dated("vs_", now);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "vector_store")
                .put("name", body.maybeText("name").orElse(null));
        body.maybeText("description").ifPresent(text -> json.put("description", text));
        json.put("status", attached.isEmpty() ? "completed" : "in_progress")
                .put("usage_bytes", 0)
                .put("created_at", now);
        json.putObject("file_counts")
                .put("in_progress", attached.size())
                .put("completed", 0)
                .put("failed", 0)
                .put("cancelled", 0)
                .put("total", attached.size());
        json.set("metadata", body.metadata().orElseGet(json::objectNode));
        json.set("expires_after", expiry(body));
        json.putNull("expires_at").put("last_active_at", now);
        VectorStores.expireAfter(json);
        attached.forEach(file -> stores.attach(id, file, how, ""));
        return Replies.json(
                exchange, stores.stores().put(Item.of(id, now, json)).json());
    }

    private WireReply list(Exchange exchange) {
        Page page = Page.of(exchange.request().query());
        return Replies.json(exchange, Lists.cursors(page, stores.stores().seen(store -> true)));
    }

    private WireReply update(Exchange exchange) {
        Body body = Body.optional(exchange.request().body());
        body.only("name", "expires_after", "metadata");
        String id = StoreFiles.store(exchange);
        JsonNode expiry = expiry(body);
        Item changed = stores.stores().edit(id, json -> {
            body.maybeText("name").ifPresent(name -> json.put("name", name));
            body.metadata().ifPresent(pairs -> json.set("metadata", pairs));
            if (!body.get("expires_after").isMissingNode()) {
                json.set("expires_after", expiry);
            }
            json.put("last_active_at", exchange.seconds());
            VectorStores.expireAfter(json);
        });
        return Replies.json(exchange, changed.json());
    }

    private WireReply delete(Exchange exchange) {
        Item gone = stores.stores().remove(StoreFiles.store(exchange));
        stores.filesOf(gone.id()).forEach(file -> stores.files().remove(file.id()));
        return Replies.json(exchange, Lists.deleted(gone.id(), "vector_store"));
    }

    private WireReply search(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("query", "rewrite_query", "max_num_results", "filters", "ranking_options");
        String id = stores.stores().get(StoreFiles.store(exchange)).id();
        List<String> queries = queries(body);
        body.maybeObject("filters").ifPresent(Filters::check);
        int most = (int) body.maybeInteger("max_num_results", 1, MOST_HITS).orElse(STANDARD_HITS);
        double threshold = body.maybeObject("ranking_options")
                .map(options -> options.decimal("score_threshold", 0, 1, 0))
                .orElse(0.0);
        List<VectorSearch.Hit> hits =
                search.find(List.of(id), new VectorSearch.Question(queries, body.get("filters"), most, threshold));
        ObjectNode page = JsonNodeFactory.instance.objectNode().put("object", "vector_store.search_results.page");
        queries.forEach(page.putArray("search_query")::add);
        hits.forEach(hit -> page.withArrayProperty("data").add(json(hit)));
        page.withArrayProperty("data");
        return Replies.json(exchange, page.put("has_more", false).putNull("next_page"));
    }

    private static ObjectNode json(VectorSearch.Hit hit) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("file_id", hit.fileId())
                .put("filename", hit.fileName())
                .put("score", hit.score());
        json.set("attributes", hit.attributes());
        json.putArray("content").addObject().put("type", "text").put("text", hit.text());
        return json;
    }

    private static List<String> queries(Body body) {
        if (body.require("query").get("query").isTextual()) {
            return List.of(body.text("query"));
        }
        return new ArrayList<>(body.texts("query", Integer.MAX_VALUE));
    }

    private static JsonNode expiry(Body body) {
        return body.maybeObject("expires_after")
                .<JsonNode>map(after -> JsonNodeFactory.instance
                        .objectNode()
                        .put("anchor", after.choice("anchor", "last_active_at"))
                        .put("days", after.integer("days", 1, 365)))
                .orElseGet(JsonNodeFactory.instance::nullNode);
    }
}
