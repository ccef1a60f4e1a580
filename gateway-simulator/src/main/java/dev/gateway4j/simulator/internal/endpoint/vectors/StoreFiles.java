package dev.gateway4j.simulator.internal.endpoint.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Lists;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The files of vector stores, one by one and in batches. */
final class StoreFiles {
    private static final int MOST_FILES = 500;
    private static final Set<String> SEARCHABLE = Set.of(
            "c", "cpp", "cs", "css", "doc", "docx", "go", "html", "java", "js", "json", "md", "pdf", "php", "pptx",
            "py", "rb", "sh", "tex", "ts", "txt");
    private static final Set<String> STATES = Set.of("in_progress", "completed", "failed", "cancelled");

    private final VectorStores stores;
    private final FileStore uploaded;

    StoreFiles(VectorStores stores, FileStore uploaded) {
        this.stores = stores;
        this.uploaded = uploaded;
    }

    void addTo(Routes.Builder routes, String store) {
        routes.add("POST", store + "/files", this::attach)
                .add("GET", store + "/files", exchange -> list(exchange, file -> true))
                .add(
                        "GET",
                        store + "/files/*",
                        exchange -> Replies.json(exchange, file(exchange).json()))
                .add("POST", store + "/files/*", this::update)
                .add("DELETE", store + "/files/*", this::detach)
                .add("GET", store + "/files/*/content", this::content)
                .add("POST", store + "/file_batches", this::attachMany)
                .add(
                        "GET",
                        store + "/file_batches/*",
                        exchange -> Replies.json(exchange, batch(exchange).json()))
                .add("POST", store + "/file_batches/*/cancel", this::cancel)
                .add("GET", store + "/file_batches/*/files", exchange -> {
                    String batch = batch(exchange).id();
                    return list(exchange, file -> VectorStores.batch(file).equals(batch));
                });
    }

    /** The id of the store in the path. */
    static String store(Exchange exchange) {
        String id = exchange.segment(1);
        if (!id.startsWith("vs")) {
            throw ResourceError.PREFIX.with("vector_store_id", id, "vs");
        }
        return id;
    }

    /** The uploaded files of these ids, which must be of a kind that can be searched. */
    List<Item> files(String param, List<String> ids) {
        List<Item> found = new ArrayList<>();
        for (String id : ids) {
            Item file = uploaded.find(id).orElseThrow(() -> ResourceError.FILE.with(id));
            String name = FileStore.name(file);
            String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
            if (!name.contains(".") || !SEARCHABLE.contains(extension)) {
                throw ResourceError.EXTENSION.with(param, name.contains(".") ? "." + extension : "none");
            }
            found.add(file);
        }
        return found;
    }

    private WireReply attach(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("file_id", "attributes", "chunking_strategy");
        String store = stores.used(store(exchange)).id();
        Item file = files("file_id", List.of(body.text("file_id"))).get(0);
        return Replies.json(
                exchange, stores.attach(store, file, Attachment.of(body), "").json());
    }

    private WireReply list(Exchange exchange, Predicate<Item> filter) {
        String store = stores.stores().get(store(exchange)).id();
        String state = exchange.query().path("filter").asText();
        if (!state.isEmpty() && !STATES.contains(state)) {
            throw ErrorKind.VALUE.with("filter", state, "'in_progress', 'completed', 'failed', and 'cancelled'");
        }
        List<JsonNode> seen = new ArrayList<>();
        stores.filesOf(store).stream()
                .filter(filter)
                .filter(file -> state.isEmpty() || VectorStores.status(file).equals(state))
                .forEach(file -> seen.add(file.json()));
        return Replies.json(exchange, Lists.cursors(Page.of(exchange.request().query()), seen));
    }

    private WireReply update(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("attributes");
        if (body.get("attributes").isMissingNode()) {
            throw ErrorKind.MISSING.with("attributes");
        }
        ObjectNode attributes = Attachment.attributes(body);
        return Replies.json(
                exchange,
                stores.files()
                        .edit(file(exchange).id(), json -> json.set("attributes", attributes))
                        .json());
    }

    private WireReply detach(Exchange exchange) {
        Item gone = stores.files().remove(file(exchange).id());
        return Replies.json(exchange, Lists.deleted(gone.json().path("id").asText(), "vector_store.file"));
    }

    private WireReply content(Exchange exchange) {
        ObjectNode part = JsonNodeFactory.instance
                .objectNode()
                .put("type", "text")
                .put("text", Chunking.text(file(exchange).content()));
        return Replies.json(
                exchange,
                Lists.list("vector_store.file_content.page", List.of(part))
                        .put("has_more", false)
                        .putNull("next_page"));
    }

    private WireReply attachMany(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("file_ids", "files", "attributes", "chunking_strategy");
        if (!body.has("file_ids") && !body.has("files")) {
            throw ResourceError.ONE_OF.with("file_ids", "files");
        }
        String store = stores.used(store(exchange)).id();
        List<Item> plain = files("file_ids", body.texts("file_ids", MOST_FILES));
        List<Body> detailed = body.objects("files");
        List<Item> others =
                files("files", detailed.stream().map(one -> one.text("file_id")).toList());
        Attachment how = Attachment.of(body);
        String id = exchange.ids().dated("vsfb_", exchange.seconds());
        plain.forEach(file -> stores.attach(store, file, how, id));
        for (int i = 0; i < others.size(); i++) {
            stores.attach(store, others.get(i), Attachment.of(detailed.get(i)), id);
        }
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "vector_store.files_batch")
                .put("created_at", exchange.seconds())
                .put("vector_store_id", store)
                .put("status", "in_progress");
        json.putObject("file_counts")
                .put("in_progress", plain.size() + others.size())
                .put("completed", 0)
                .put("failed", 0)
                .put("cancelled", 0)
                .put("total", plain.size() + others.size());
        return Replies.json(
                exchange,
                stores.batches().put(Item.of(id, exchange.seconds(), json)).json());
    }

    private WireReply cancel(Exchange exchange) {
        Item batch = batch(exchange);
        if (!VectorStores.status(batch).equals("in_progress")) {
            throw ResourceError.FILE_BATCH_STATUS.with(VectorStores.status(batch));
        }
        for (Item file : stores.filesOf(VectorStores.store(batch))) {
            if (VectorStores.batch(file).equals(batch.id())
                    && VectorStores.status(file).equals("in_progress")) {
                stores.files().edit(file.id(), json -> json.put("status", "cancelled"));
            }
        }
        stores.batches().edit(batch.id(), json -> json.put("status", "cancelled"));
        return Replies.json(exchange, batch(exchange).json());
    }

    private Item batch(Exchange exchange) {
        return stores.batch(stores.stores().get(store(exchange)).id(), exchange.segment(3));
    }

    private Item file(Exchange exchange) {
        return stores.file(stores.stores().get(store(exchange)).id(), exchange.segment(3));
    }
}
