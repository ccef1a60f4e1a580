package dev.gateway4j.simulator.internal.endpoint.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.endpoint.keep.Lists;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Page;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.util.Optional;

/** {@code /v1/files} and {@code /v1/uploads}. */
public final class FileEndpoints implements Endpoints {
    private static final int MOST_LISTED = 10_000;

    private final FileStore store;
    private final Uploads uploads;

    /** Answers with these services. */
    public FileEndpoints(Services services) {
        this.store = new FileStore(services);
        this.uploads = new Uploads(services, store);
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", "/v1/files", Handler.judging(Upload::of, this::create))
                .add("GET", "/v1/files", this::list)
                .add(
                        "GET",
                        "/v1/files/*",
                        exchange -> Replies.json(exchange, file(exchange).json()))
                .add("DELETE", "/v1/files/*", this::delete)
                .add("GET", "/v1/files/*/content", this::content)
                .add("POST", "/v1/uploads", uploads::create)
                .add("POST", "/v1/uploads/*/parts", uploads::addPart)
                .add("POST", "/v1/uploads/*/complete", uploads::complete)
                .add("POST", "/v1/uploads/*/cancel", uploads::cancel);
    }

    private WireReply create(Exchange exchange) {
        Upload upload = Upload.of(exchange);
        return Replies.json(
                exchange,
                store.add(
                                exchange.ids(),
                                exchange.seconds(),
                                upload.purpose,
                                upload.part.fileName(),
                                upload.part.bytes(),
                                FileStore.lasts(upload.fields, "expires_after"))
                        .json());
    }

    /** A file that was sent and may be kept. */
    private record Upload(Body fields, Form.Part part, String purpose) {
        static Upload of(Exchange exchange) {
            Form form = form(exchange);
            Body fields = Body.ofForm(form.fields());
            Form.Part part = FileEndpoints.part(form, "file");
            String purpose = Purposes.checked(
                    fields.maybeText("purpose").orElseThrow(() -> ResourceError.NO_FIELD.with("purpose")));
            Purposes.check(purpose, part.fileName(), part.bytes());
            return new Upload(fields, part, purpose);
        }
    }

    private WireReply list(Exchange exchange) {
        String purpose = exchange.query().path("purpose").asText();
        Page page = Page.of(exchange.request().query(), MOST_LISTED, MOST_LISTED);
        return Replies.json(
                exchange,
                Lists.cursors(
                        page,
                        store.files()
                                .seen(file -> purpose.isEmpty()
                                        || FileStore.purpose(file).equals(purpose))));
    }

    private WireReply delete(Exchange exchange) {
        Item gone = store.files().remove(exchange.segment(1));
        return Replies.json(
                exchange,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("object", "file")
                        .put("id", gone.id())
                        .put("deleted", true));
    }

    private WireReply content(Exchange exchange) {
        Item file = file(exchange);
        if (!Purposes.mayBeDownloaded(FileStore.purpose(file))) {
            throw ResourceError.NO_DOWNLOAD.with(FileStore.purpose(file));
        }
        return Replies.file(exchange, file.content(), FileStore.name(file));
    }

    private Item file(Exchange exchange) {
        return store.files().get(exchange.segment(1));
    }

    /** The form a request holds. */
    public static Form form(Exchange exchange) {
        String type = exchange.request().headers().first("content-type").orElse("");
        return Form.read(type, exchange.request().body()).orElseThrow(ResourceError.NO_FORM::with);
    }

    /** The file in this field; a client that gives it no name still means a file. */
    public static Form.Part part(Form form, String name) {
        return Optional.ofNullable(form.files().get(name))
                .or(() -> Optional.of(form.fields().path(name))
                        .filter(JsonNode::isTextual)
                        .map(text -> new Form.Part(name, "", Json.bytes(text.asText()))))
                .orElseThrow(() -> ResourceError.NO_FIELD.with(name));
    }
}
