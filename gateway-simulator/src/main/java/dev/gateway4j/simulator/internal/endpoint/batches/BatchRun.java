package dev.gateway4j.simulator.internal.endpoint.batches;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.http.Simulate;
import dev.gateway4j.simulator.internal.json.Json;
import java.io.ByteArrayOutputStream;

/** Sends one line of a batch through the simulated service, and writes down what comes back. Thread-safe. */
final class BatchRun {
    private final Simulate simulate;
    private final TimeSource time;

    BatchRun(Simulate simulate, TimeSource time) {
        this.simulate = simulate;
        this.time = time;
    }

    /**
     * What came of a line.
     *
     * @param json the line of the output or error file
     * @param failed true if it belongs into the error file
     */
    record Outcome(ObjectNode json, boolean failed) {
        JsonNode usage() {
            return json.path("response").path("body").path("usage");
        }
    }

    Outcome run(BatchLine line, String endpoint, Ids ids, long seconds) {
        ObjectNode json = head(line, ids, seconds);
        ObjectNode response = json.putObject("response");
        String request = ids.hex("", 32);
        if (line.body().path("stream").asBoolean()) {
            response.put("status_code", 400).put("request_id", uuid(request)).set("body", noStream());
        } else {
            WireReply reply = simulate.answer(request(line, endpoint, ids));
            response.put("status_code", reply.status()).put("request_id", uuid(request));
            response.set("body", body(reply));
        }
        json.putNull("error");
        return new Outcome(json, response.path("status_code").asInt() >= 400);
    }

    /** What is written of a line that was never sent. */
    static Outcome unsent(BatchLine line, Ids ids, long seconds, String code, String message) {
        ObjectNode json = head(line, ids, seconds);
        json.putNull("response");
        json.putObject("error").put("code", code).put("message", message);
        return new Outcome(json, true);
    }

    private static ObjectNode head(BatchLine line, Ids ids, long seconds) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", ids.dated("batch_req_", seconds))
                .put("custom_id", line.customId());
    }

    private WireRequest request(BatchLine line, String endpoint, Ids ids) {
        return new WireRequest(
                ids.hex("batch-", 16),
                1,
                "POST",
                "https",
                "api.openai.com",
                endpoint,
                "",
                endpoint,
                WireHeaders.of("content-type", "application/json"),
                CallTags.none(),
                Json.bytes(Json.compact(json -> json.writeTree(line.body()))),
                time.nanos());
    }

    private static JsonNode body(WireReply reply) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Frame frame = reply.frames().next();
        while (frame instanceof Frame.Chunk chunk) {
            all.writeBytes(chunk.bytes());
            frame = reply.frames().next();
        }
        reply.frames().close();
        return Json.read(all.toByteArray()).orElseGet(JsonNodeFactory.instance::nullNode);
    }

    private static ObjectNode noStream() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", "Streaming is not supported in the Batch API.")
                .put("type", "invalid_request_error")
                .put("param", "stream")
                .put("code", "unsupported_parameter");
        return body;
    }

    private static String uuid(String hex) {
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }
}
