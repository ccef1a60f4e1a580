package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.endpoint.keep.Lists;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Which projects may use which checkpoint. */
final class Permissions {
    private static final String PATH = "/v1/fine_tuning/checkpoints/*/permissions";
    private static final int STANDARD = 10;
    private static final int MOST = 100;

    private final Kept permissions;
    private final Jobs jobs;

    Permissions(Services services, Jobs jobs) {
        this.jobs = jobs;
        this.permissions = Kept.on(services.state().shelf("checkpoint_permissions"), ResourceError.PERMISSION::with);
    }

    void addTo(Routes.Builder routes) {
        routes.add("POST", PATH, this::create).add("GET", PATH, this::list).add("DELETE", PATH + "/*", this::delete);
    }

    private WireReply create(Exchange exchange) {
        String checkpoint = checkpoint(exchange);
        if (!jobs.knowsModel(checkpoint)) {
            throw ErrorKind.MODEL_LISTING.with(checkpoint);
        }
        Body body = Body.of(exchange.request().body());
        body.only("project_ids");
        List<JsonNode> made = new ArrayList<>();
        for (String project : body.require("project_ids").texts("project_ids", MOST)) {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("object", "checkpoint.permission")
                    .put("id", exchange.ids().alphanumeric("cp_", 24))
                    .put("created_at", exchange.seconds())
                    .put("project_id", project);
            ObjectNode hidden = json.objectNode().put("checkpoint", checkpoint);
            made.add(permissions
                    .put(Item.of(json.path("id").asText(), exchange.seconds(), json)
                            .hiding(hidden))
                    .json());
        }
        return Replies.json(exchange, Lists.cursors(new Page(MOST, false, "", ""), made));
    }

    private WireReply list(Exchange exchange) {
        String checkpoint = checkpoint(exchange);
        String project = exchange.query().path("project_id").asText();
        List<JsonNode> seen = permissions.seen(item -> of(item, checkpoint)
                && (project.isEmpty() || item.json().path("project_id").asText().equals(project)));
        // This list alone calls its orders "ascending" and "descending".
        String query = exchange.request()
                .query()
                .replace("order=ascending", "order=asc")
                .replace("order=descending", "order=desc");
        return Replies.json(exchange, Lists.cursors(Page.of(query, STANDARD, MOST), seen));
    }

    private WireReply delete(Exchange exchange) {
        String id = exchange.segment(4);
        if (!of(permissions.get(id), checkpoint(exchange))) {
            throw ResourceError.PERMISSION.with(id);
        }
        Item gone = permissions.remove(id);
        return Replies.json(
                exchange,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", gone.id())
                        .put("object", "checkpoint.permission")
                        .put("deleted", true));
    }

    private static boolean of(Item permission, String checkpoint) {
        return permission.hidden().path("checkpoint").asText().equals(checkpoint);
    }

    private static String checkpoint(Exchange exchange) {
        return URLDecoder.decode(exchange.segment(2), StandardCharsets.UTF_8);
    }
}
