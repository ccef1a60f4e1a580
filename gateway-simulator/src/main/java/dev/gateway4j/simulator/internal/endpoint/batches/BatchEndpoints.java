package dev.gateway4j.simulator.internal.endpoint.batches;

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
import dev.gateway4j.simulator.internal.http.Simulate;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.List;

/** {@code /v1/batches}. */
public final class BatchEndpoints implements Endpoints {
    private static final String[] ENDPOINTS = {
        "/v1/responses",
        "/v1/chat/completions",
        "/v1/embeddings",
        "/v1/completions",
        "/v1/moderations",
        "/v1/images/generations",
        "/v1/images/edits",
        "/v1/videos"
    };
    private static final List<String> STAGES =
            List.of("finalizing_at", "completed_at", "failed_at", "expired_at", "cancelling_at", "cancelled_at");
    private static final long DAY = 86_400;

    private final FileStore files;
    private final Batches batches;

    /** Answers with these services, and has the lines of batches answered by the whole of them. */
    public BatchEndpoints(Services services, Simulate simulate) {
        this.files = new FileStore(services);
        this.batches = new Batches(services, simulate);
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", "/v1/batches", this::create)
                .add("GET", "/v1/batches", this::list)
                .add(
                        "GET",
                        "/v1/batches/*",
                        exchange -> Replies.json(
                                exchange, batches.kept().get(id(exchange)).json()))
                .add(
                        "POST",
                        "/v1/batches/*/cancel",
                        exchange -> Replies.json(
                                exchange, batches.cancel(id(exchange)).json()));
    }

    private WireReply create(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("input_file_id", "endpoint", "completion_window", "metadata", "output_expires_after");
        String fileId = body.text("input_file_id");
        String endpoint = body.choice("endpoint", ENDPOINTS);
        String window = body.choice("completion_window", "24h");
        Item file = files.find(fileId).orElseThrow(() -> ResourceError.BATCH_FILE.with(fileId));
        if (!FileStore.purpose(file).equals("batch")) {
            throw ResourceError.BATCH_PURPOSE.with(fileId, FileStore.purpose(file));
        }
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", exchange.ids().dated("batch_", exchange.seconds()))
                .put("object", "batch")
                .put("endpoint", endpoint)
                .putNull("model")
                .putNull("errors")
                .put("input_file_id", fileId)
                .put("completion_window", window)
                .put("status", "validating")
                .putNull("output_file_id")
                .putNull("error_file_id")
                .put("created_at", exchange.seconds())
                .putNull("in_progress_at")
                .put("expires_at", exchange.seconds() + DAY);
        STAGES.forEach(json::putNull);
        json.putObject("request_counts").put("total", 0).put("completed", 0).put("failed", 0);
        putUsage(json.putObject("usage"));
        json.set("metadata", body.metadata().<JsonNode>map(pairs -> pairs).orElse(json.nullNode()));
        return Replies.json(
                exchange,
                batches.start(json, file.content(), FileStore.lasts(body, "output_expires_after"))
                        .json());
    }

    private WireReply list(Exchange exchange) {
        Page page = Page.of(exchange.request().query());
        return Replies.json(exchange, Lists.cursors(page, batches.kept().seen(batch -> true)));
    }

    private static void putUsage(ObjectNode usage) {
        usage.put("input_tokens", 0).put("output_tokens", 0).put("total_tokens", 0);
        usage.putObject("input_tokens_details").put("cached_tokens", 0);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
    }

    private static String id(Exchange exchange) {
        String id = exchange.segment(1);
        if (!id.startsWith("batch")) {
            throw ResourceError.PREFIX.with("batch_id", id, "batch");
        }
        return id;
    }
}
