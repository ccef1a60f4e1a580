package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.simulator.internal.chance.Chance;
import java.util.function.Supplier;

/**
 * What decides whether a fault strikes a request.
 *
 * @param endpoint the path below the version
 * @param model the model asked for; empty if there is none. Asked only if a fault wants to know
 * @param key the key presented; empty if there is none
 * @param tags what the application says about the call
 * @param chance the chance of the request
 * @param arrivedNanos when it arrived
 */
public record Incoming(
        String endpoint, Supplier<String> model, String key, CallTags tags, Chance chance, long arrivedNanos) {}
