package dev.gateway4j.simulator.internal.endpoint.files;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.endpoint.keep.Kept;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.request.Body;
import dev.gateway4j.simulator.internal.request.ResourceError;
import dev.gateway4j.simulator.internal.store.Item;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code /v1/uploads}: files that come in parts. An upload that is not complete after an hour expires. */
final class Uploads {
    private static final long HOUR = 3_600;
    private static final long MOST_BYTES = 8L << 30;
    private static final int MOST_PARTS = 10_000;

    private final FileStore store;
    private final Kept uploads;
    private final Kept parts;

    Uploads(Services services, FileStore store) {
        this.store = store;
        this.uploads = Kept.on(services.state().shelf("uploads"), ResourceError.UPLOAD::with)
                .movedBy(upload -> expired(upload, services.time().now().getEpochSecond()));
        this.parts = Kept.on(services.state().shelf("upload_parts"), ResourceError.FILE::with);
    }

    WireReply create(Exchange exchange) {
        Body body = Body.of(exchange.request().body());
        body.only("filename", "purpose", "bytes", "mime_type", "expires_after");
        String name = body.text("filename");
        String purpose = Purposes.checked(body.text("purpose"));
        long bytes = body.integer("bytes", 0, MOST_BYTES);
        String type = body.text("mime_type");
        String id = exchange.ids().dated("upload_", exchange.seconds());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "upload")
                .put("bytes", bytes)
                .put("created_at", exchange.seconds())
                .put("filename", name)
                .put("purpose", purpose)
                .put("status", "pending")
                .put("expires_at", exchange.seconds() + HOUR);
        ObjectNode hidden = json.objectNode().put("mime_type", type);
        FileStore.lasts(body, "expires_after").ifPresent(lasts -> hidden.put("lasts", lasts));
        return Replies.json(
                exchange,
                uploads.put(Item.of(id, exchange.seconds(), json).hiding(hidden))
                        .json());
    }

    WireReply addPart(Exchange exchange) {
        Item upload = pending(exchange);
        Form form = FileEndpoints.form(exchange);
        byte[] bytes = FileEndpoints.part(form, "data").bytes();
        String id = exchange.ids().dated("part_", exchange.seconds());
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "upload.part")
                .put("created_at", exchange.seconds())
                .put("upload_id", upload.id());
        return Replies.json(
                exchange,
                parts.put(Item.of(id, exchange.seconds(), json).holding(bytes)).json());
    }

    WireReply complete(Exchange exchange) {
        Item upload = pending(exchange);
        Body body = Body.of(exchange.request().body());
        body.only("part_ids", "md5");
        byte[] bytes = joined(upload, body.require("part_ids").texts("part_ids", MOST_PARTS));
        long promised = upload.json().path("bytes").asLong();
        if (bytes.length != promised) {
            throw ResourceError.UPLOAD_SIZE.with(bytes.length, promised);
        }
        Optional<String> sum = body.maybeText("md5");
        if (sum.isPresent() && !sum.get().toLowerCase(Locale.ROOT).equals(md5(bytes))) {
            throw ResourceError.UPLOAD_SUM.with(sum.get());
        }
        String purpose = upload.json().path("purpose").asText();
        String name = upload.json().path("filename").asText();
        Purposes.check(purpose, name, bytes);
        JsonNode lasts = upload.hidden().path("lasts");
        Item file = store.add(
                exchange.ids(),
                exchange.seconds(),
                purpose,
                name,
                bytes,
                lasts.isNumber() ? OptionalLong.of(lasts.asLong()) : OptionalLong.empty());
        forgetParts(upload);
        Item done = uploads.edit(
                upload.id(), json -> json.put("status", "completed").set("file", file.json()));
        return Replies.json(exchange, done.json());
    }

    WireReply cancel(Exchange exchange) {
        Item upload = pending(exchange);
        forgetParts(upload);
        return Replies.json(
                exchange,
                uploads.edit(upload.id(), json -> json.put("status", "cancelled"))
                        .json());
    }

    private byte[] joined(Item upload, List<String> ids) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String id : ids) {
            Item part = parts.find(id)
                    .filter(found -> belongs(found, upload))
                    .orElseThrow(() -> ResourceError.UPLOAD_PART.with(id, upload.id()));
            all.writeBytes(part.content());
        }
        return all.toByteArray();
    }

    private void forgetParts(Item upload) {
        parts.all().stream().filter(part -> belongs(part, upload)).forEach(part -> parts.remove(part.id()));
    }

    private Item pending(Exchange exchange) {
        Item upload = uploads.get(exchange.segment(1));
        String status = upload.json().path("status").asText();
        if (!status.equals("pending")) {
            throw ResourceError.UPLOAD_STATUS.with(upload.id(), status);
        }
        return upload;
    }

    private static boolean belongs(Item part, Item upload) {
        return part.json().path("upload_id").asText().equals(upload.id());
    }

    private static Item expired(Item upload, long now) {
        boolean late = upload.json().path("status").asText().equals("pending")
                && upload.json().path("expires_at").asLong() <= now;
        return late ? upload.with(upload.json().deepCopy().put("status", "expired")) : upload;
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
