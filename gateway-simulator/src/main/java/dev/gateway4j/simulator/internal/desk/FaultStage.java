package dev.gateway4j.simulator.internal.desk;

import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.simulator.internal.fault.FaultBook;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.fault.Incoming;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Presented;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Optional;

/**
 * Finds the faults that strike a request: those of its header, then those that are on.
 *
 * @param book the faults that are on
 * @param obeysHeader true if requests may ask for faults by {@code x-gateway-sim}
 */
public record FaultStage(FaultBook book, boolean obeysHeader) {
    private static final String HEADER = "x-gateway-sim";
    private static final String FAULT = "fault=";
    private static final int DEEPEST = 200;

    void strike(Exchange exchange) {
        if (obeysHeader) {
            exchange.request().headers().first(HEADER).ifPresent(value -> asked(exchange, value));
        }
        if (!book.isEmpty()) {
            exchange.strikes().addAll(book.striking(incoming(exchange)));
        }
    }

    /** Several faults of one header are separated by semicolons; only the first needs to say that it is one. */
    private void asked(Exchange exchange, String value) {
        try {
            for (String one : value.split(";", -1)) {
                String text = one.strip();
                if (!text.isEmpty()) {
                    asked(exchange, FaultText.parse(text.startsWith(FAULT) ? text.substring(FAULT.length()) : text));
                }
            }
        } catch (IllegalArgumentException notAFault) {
            exchange.strikes().clear();
            throw ErrorKind.FAULT_HEADER.with(String.valueOf(notAFault.getMessage()));
        }
    }

    private void asked(Exchange exchange, FaultText fault) {
        if (book.strikes(fault, incoming(exchange))) {
            exchange.strikes().add(fault);
        }
    }

    private static Incoming incoming(Exchange exchange) {
        Optional<String> deployment = exchange.path().deployment();
        return new Incoming(
                exchange.path().path(),
                () -> deployment
                        .or(RequestReader.read(exchange.request().body(), DEEPEST)::model)
                        .orElse(""),
                Presented.key(exchange.request().headers()).orElse(""),
                exchange.request().tags(),
                exchange.chance(),
                exchange.arrived());
    }
}
