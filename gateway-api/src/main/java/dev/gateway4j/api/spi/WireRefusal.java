package dev.gateway4j.api.spi;

import dev.gateway4j.api.Refusal;

/**
 * A stand-in has no answer to this request, and says why. Whoever asked turns it into the gateway's own answer, unless it knows another
 * way, such as recording what is missing.
 *
 * @param dueNanos when the answer begins, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}
 * @param refusal what happened, the rule, and the way out
 */
public record WireRefusal(long dueNanos, Refusal refusal) implements WireAnswer {}
