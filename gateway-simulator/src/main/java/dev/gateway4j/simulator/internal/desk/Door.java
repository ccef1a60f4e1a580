package dev.gateway4j.simulator.internal.desk;

import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Masked;
import dev.gateway4j.simulator.internal.http.Presented;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in.
 *
 * @param required true if a key must be presented
 * @param keys the keys that are good; empty if every key is
 * @param organization the organization they belong to; none if requests may name any
 */
public record Door(boolean required, Set<String> keys, Optional<String> organization) {
    /** Copies the keys. */
    public Door {
        keys = Set.copyOf(keys);
    }

    /** Open to everybody. */
    public static Door open() {
        return new Door(false, Set.of(), Optional.empty());
    }

    /** Lets a request in, or throws OpenAI's error. */
    void admit(Exchange exchange) {
        Optional<String> key = Presented.key(exchange.request().headers());
        if (required && key.isEmpty()) {
            throw (exchange.newFamily() ? ErrorKind.NO_KEY_RESPONSES : ErrorKind.NO_KEY).with();
        }
        if (!keys.isEmpty() && !keys.contains(key.orElse(""))) {
            throw ErrorKind.WRONG_KEY.with(Masked.key(key.orElse("")));
        }
        Optional<String> named = exchange.request().headers().first("openai-organization");
        if (organization.isPresent() && named.isPresent() && !named.equals(organization)) {
            throw ErrorKind.WRONG_ORGANIZATION.with();
        }
    }
}
