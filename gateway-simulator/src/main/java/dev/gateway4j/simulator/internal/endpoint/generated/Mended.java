package dev.gateway4j.simulator.internal.endpoint.generated;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.spec.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Replaces nulls that the service sends and clients that read strictly refuse, because the document does not allow them. */
final class Mended {
    private static final String UNFINISHED = "\"finish_reason\":null";
    private static final String FINISHED = "\"finish_reason\":\"stop\"";

    private Mended() {}

    /** The new body of an answer in which something was replaced. */
    static Optional<byte[]> json(Operation operation, JsonNode answer) {
        if (!operation.path().startsWith("/vector_stores")) {
            return Optional.empty();
        }
        boolean changed = named(answer);
        for (JsonNode store : answer.path("data")) {
            changed |= named(store);
        }
        return changed ? Optional.of(Json.bytes(Json.indented(json -> json.writeTree(answer)))) : Optional.empty();
    }

    private static boolean named(JsonNode store) {
        boolean nameless = store instanceof ObjectNode && store.path("name").isNull();
        if (nameless) {
            ((ObjectNode) store).put("name", "");
        }
        return nameless;
    }

    /** A stream in which the choices of legacy completions are finished from the first event on. */
    static WireReply stream(Operation operation, WireReply reply) {
        return operation.path().equals("/completions")
                ? new WireReply(reply.status(), reply.headers(), reply.dueNanos(), finished(reply.frames()))
                : reply;
    }

    private static Frames finished(Frames frames) {
        return new Frames() {
            @Override
            public Frame next() {
                Frame frame = frames.next();
                return frame instanceof Frame.Chunk chunk
                        ? new Frame.Chunk(chunk.dueNanos(), finished(chunk.bytes()))
                        : frame;
            }

            @Override
            public void close() {
                frames.close();
            }
        };
    }

    private static byte[] finished(byte[] events) {
        return Json.bytes(new String(events, StandardCharsets.UTF_8).replace(UNFINISHED, FINISHED));
    }
}
