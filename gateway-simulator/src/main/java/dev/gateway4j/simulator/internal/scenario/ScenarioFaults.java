package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.http.Exchange;
import java.util.Optional;

/** Understands the fault of a scenario, which is kept as its text, and lets it strike. Thread-safe. */
public interface ScenarioFaults {
    /** Faults as everywhere: the desk lets them strike. */
    ScenarioFaults STRIKING = new ScenarioFaults() {
        @Override
        public Optional<String> problem(String fault) {
            try {
                FaultText unusedText = FaultText.parse(fault);
                return Optional.empty();
            } catch (IllegalArgumentException wrong) {
                return Optional.ofNullable(wrong.getMessage());
            }
        }

        @Override
        public WireAnswer apply(String fault, Exchange exchange, WireAnswer answer) {
            exchange.strikes().add(FaultText.parse(fault));
            return answer;
        }
    };

    /** What is wrong with the text of a fault, with the way out; empty if nothing is. */
    Optional<String> problem(String fault);

    /**
     * The answer after the fault has struck it.
     *
     * @param fault a text with which nothing is wrong
     * @param exchange the request
     * @param answer what would be answered without the fault; to be closed if it is not returned
     */
    WireAnswer apply(String fault, Exchange exchange, WireAnswer answer);
}
