package dev.gateway4j.simulator.internal.endpoint.containers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.endpoint.files.FileEndpoints;
import dev.gateway4j.simulator.internal.endpoint.files.FileStore;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.endpoint.keep.Lists;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /v1/containers} and the files in them. A container that nobody uses for its minutes expires. */
public final class ContainerEndpoints implements Endpoints {
    private static final String CONTAINERS = "/v1/containers";
    private static final String ONE = CONTAINERS + "/*";
    private static final String FILES = ONE + "/files";
    private static final long MINUTES = 20;
    private static final int MOST_FILES = 500;
    private static final String MOUNT = "/mnt/data/";

    private final Services services;
    private final FileStore uploaded;
    private final Kept containers;
    private final Kept files;

    /** Answers with these services. */
    public ContainerEndpoints(Services services) {
        this.services = services;
        this.uploaded = new FileStore(services);
        this.containers = Kept.on(services.state().shelf("containers"), ResourceError.CONTAINER::with)
                .movedBy(this::upToDate);
        this.files = Kept.on(services.state().shelf("container_files"), ResourceError.FILE::with);
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", CONTAINERS, this::create)
                .add("GET", CONTAINERS, this::list)
                .add("GET", ONE, this::get)
                .add("DELETE", ONE, this::delete)
                .add("POST", FILES, this::addFile)
                .add("GET", FILES, this::listFiles)
                .add(
                        "GET",
                        FILES + "/*",
                        exchange -> Replies.json(exchange, file(exchange).json()))
                .add("DELETE", FILES + "/*", this::deleteFile)
                .add("GET", FILES + "/*/content", exchange -> {
                    Item file = file(exchange);
                    String path = file.json().path("path").asText();
                    return Replies.file(exchange, file.content(), path.substring(path.lastIndexOf('/') + 1));
                });
    }

    private WireReply create(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("name", "file_ids", "expires_after", "skills", "memory_limit", "network_policy");
        String name = body.text("name");
        List<String> ids = body.texts("file_ids", MOST_FILES);
        long minutes = body.maybeObject("expires_after")
                .map(after -> {
                    String unusedAnchor = after.choice("anchor", "last_active_at");
                    return after.integer("minutes", 1, MINUTES);
                })
                .orElse(MINUTES);
        String id = exchange.ids().hex(exchange.ids().dated("cntr_", exchange.seconds()), 16);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "container")
                .put("created_at", exchange.seconds())
                .put("status", "running");
        json.putObject("expires_after").put("anchor", "last_active_at").put("minutes", minutes);
        json.put("last_active_at", exchange.seconds())
                .put("name", name)
                .put(
                        "memory_limit",
                        body.maybeChoice("memory_limit", "1g", "4g", "16g", "64g")
                                .orElse("1g"));
        policy(body).ifPresent(policy -> json.set("network_policy", policy));
        List<Item> found = ids.stream().map(this::uploaded).toList();
        found.forEach(file -> put(exchange, id, FileStore.name(file), file.content()));
        return Replies.json(
                exchange, containers.put(Item.of(id, exchange.seconds(), json)).json());
    }

    private WireReply list(Exchange exchange) {
        String name = exchange.query().path("name").asText();
        Page page = Page.of(exchange.request().query());
        return Replies.json(
                exchange,
                Lists.cursors(
                        page,
                        containers.seen(container -> name.isEmpty()
                                || container.json().path("name").asText().equals(name))));
    }

    private WireReply get(Exchange exchange) {
        Item container = containers.get(exchange.segment(1));
        return Replies.json(exchange, (isRunning(container) ? used(container.id()) : container).json());
    }

    private WireReply delete(Exchange exchange) {
        Item gone = containers.remove(exchange.segment(1));
        files.all().stream().filter(file -> isIn(file, gone.id())).forEach(file -> files.remove(file.id()));
        return Replies.json(exchange, Lists.deleted(gone.id(), "container"));
    }

    private WireReply addFile(Exchange exchange) {
        String container = used(exchange.segment(1)).id();
        String type = exchange.request().headers().first("content-type").orElse("");
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            Form form = FileEndpoints.form(exchange);
            Optional<String> id = Body.ofForm(form.fields()).maybeText("file_id");
            if (id.isEmpty()) {
                Form.Part part = FileEndpoints.part(form, "file");
                return Replies.json(
                        exchange,
                        put(exchange, container, part.fileName(), part.bytes()).json());
            }
            return Replies.json(
                    exchange, put(exchange, container, uploaded(id.get())).json());
        }
        Body body = Body.of(exchange.request().body());
        body.only("file_id", "file");
        return Replies.json(
                exchange,
                put(exchange, container, uploaded(body.text("file_id"))).json());
    }

    private WireReply listFiles(Exchange exchange) {
        String container = used(exchange.segment(1)).id();
        Page page = Page.of(exchange.request().query());
        return Replies.json(exchange, Lists.cursors(page, files.seen(file -> isIn(file, container))));
    }

    private WireReply deleteFile(Exchange exchange) {
        Item gone = files.remove(file(exchange).id());
        return Replies.json(exchange, Lists.deleted(gone.id(), "container.file"));
    }

    private Item file(Exchange exchange) {
        String container = used(exchange.segment(1)).id();
        String id = exchange.segment(3);
        return files.find(id)
                .filter(file -> isIn(file, container))
                .orElseThrow(() -> ResourceError.CONTAINER_FILE.with(id, container));
    }

    private Item put(Exchange exchange, String container, Item file) {
        return put(exchange, container, FileStore.name(file), file.content());
    }

    private Item put(Exchange exchange, String container, String name, byte[] content) {
        String id = exchange.ids().dated("cfile_", exchange.seconds());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "container.file")
                .put("created_at", exchange.seconds())
                .put("bytes", content.length)
                .put("container_id", container)
                .put("path", MOUNT + name.substring(name.lastIndexOf('/') + 1))
                .put("source", "user");
        return files.put(Item.of(id, exchange.seconds(), json).holding(content));
    }

    private Item uploaded(String id) {
        return uploaded.find(id).orElseThrow(() -> ResourceError.FILE.with(id));
    }

    /** The container, whose minutes begin anew. */
    private Item used(String id) {
        if (!isRunning(containers.get(id))) {
            throw ResourceError.CONTAINER_EXPIRED.with();
        }
        return containers.edit(id, json -> json.put("last_active_at", now()));
    }

    private Item upToDate(Item container) {
        long minutes = container.json().at("/expires_after/minutes").asLong();
        boolean over = container.json().path("last_active_at").asLong() + minutes * 60 <= now();
        return over && isRunning(container)
                ? container.with(container.json().deepCopy().put("status", "expired"))
                : container;
    }

    private long now() {
        return services.time().now().getEpochSecond();
    }

    private static boolean isRunning(Item container) {
        return container.json().path("status").asText().equals("running");
    }

    private static boolean isIn(Item file, String container) {
        return file.json().path("container_id").asText().equals(container);
    }

    private static Optional<JsonNode> policy(Body body) {
        return body.maybeObject("network_policy").map(policy -> {
            ObjectNode json =
                    JsonNodeFactory.instance.objectNode().put("type", policy.choice("type", "disabled", "allowlist"));
            List<String> domains = policy.texts("allowed_domains", Integer.MAX_VALUE);
            if (!domains.isEmpty()) {
                domains.forEach(json.putArray("allowed_domains")::add);
            }
            return json;
        });
    }
}
