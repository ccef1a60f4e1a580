package dev.gateway4j.simulator.internal.desk;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of requests for a model that was shut down before they came. A deployment of Azure may go by the name of such a model and is
 * never refused.
 *
 * @param refused true if they get OpenAI's 404
 */
public record Retirement(boolean refused) {
    private static final Set<String> ANSWERED_BY_MODELS =
            Set.of("chat", "completions", "embeddings", "responses", "moderations", "images", "audio");
    private static final int DEEPEST = 200;

    void judge(Exchange exchange) {
        boolean asksModel = exchange.request().method().equals("POST")
                && ANSWERED_BY_MODELS.contains(exchange.segment(0))
                && !exchange.azure()
                && exchange.path().deployment().isEmpty();
        if (refused && asksModel) {
            model(exchange).filter(name -> Models.retired(name, exchange.now())).ifPresent(name -> {
                throw ErrorKind.MODEL_RETIRED.with(name);
            });
        }
    }

    private static Optional<String> model(Exchange exchange) {
        String type = exchange.request().headers().first("content-type").orElse("");
        if (type.startsWith("multipart/")) {
            return Form.read(type, exchange.request().body())
                    .map(form -> form.fields().path("model"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        }
        return RequestReader.read(exchange.request().body(), DEEPEST).model();
    }
}
