package dev.gateway4j.simulator.internal.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.gateway4j.simulator.internal.encode.ResponseFailure;
import dev.gateway4j.simulator.internal.endpoint.responses.Failures;
import dev.gateway4j.simulator.internal.fault.FaultName;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.fault.Setting;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Optional;

/**
 * Lets responses in the background fail by the faults that end a stream with an error: whoever asks for them later finds them failed. A
 * response that is streamed at once is not touched here, since those faults change its stream.
 */
final class StruckResponses implements Failures {
    @Override
    public Optional<ResponseFailure> of(Exchange exchange) {
        for (FaultText fault : exchange.strikes()) {
            Optional<ResponseFailure> failure = error(exchange, fault.name())
                    .filter(error -> unwatched(exchange))
                    .map(error -> new ResponseFailure(
                            error.type(),
                            error.code().orElse("server_error"),
                            error.text(),
                            fault.number(Setting.AFTER)));
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private static Optional<ApiError> error(Exchange exchange, FaultName name) {
        return switch (name) {
            case ERROR_EVENT -> Optional.of(ErrorKind.SERVER.with(exchange.requestId()));
            case ERROR_EVENT_OVERLOADED -> Optional.of(ErrorKind.OVERLOADED.with());
            case ERROR_EVENT_QUOTA -> Optional.of(ErrorKind.QUOTA.with());
            default -> Optional.empty();
        };
    }

    private static boolean unwatched(Exchange exchange) {
        JsonNode body = Json.read(exchange.request().body()).orElseGet(MissingNode::getInstance);
        return body.path("background").asBoolean() && !body.path("stream").asBoolean();
    }
}
