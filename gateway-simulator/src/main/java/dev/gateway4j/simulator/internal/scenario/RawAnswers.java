package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.json.Json;
import java.util.Map;
import java.util.OptionalLong;

/** Answers that are sent as they stand, with the headers every answer has. */
final class RawAnswers {
    private RawAnswers() {}

    static WireReply of(Chosen chosen, Exchange exchange) {
        Answer answer = chosen.answer();
        int status = answer.status().orElse(200);
        byte[] body = Json.bytes(answer.body().orElseGet(() -> status < 400 ? "" : error(chosen.name(), status)));
        WireReply whole = Replies.whole(exchange, body, OptionalLong.empty(), 0);
        WireHeaders headers = whole.headers();
        for (Map.Entry<String, String> header : answer.headers().entries()) {
            headers = headers.without(header.getKey()).with(header.getKey(), header.getValue());
        }
        return new WireReply(status, headers, whole.dueNanos(), Frames.of(body, whole.dueNanos()));
    }

    private static String error(String scenario, int status) {
        return Json.indented(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("message", "The scenario \"" + scenario + "\" answers " + status + ".");
            json.writeStringField("type", status < 500 ? "invalid_request_error" : "server_error");
            json.writeNullField("param");
            json.writeNullField("code");
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
