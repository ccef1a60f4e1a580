package dev.gateway4j.api.spi;

/** What a {@link StandIn} answers: a reply, a refusal, or a fault before the first header. */
public sealed interface WireAnswer permits WireReply, WireRefusal, Frame.Fault {
    /** When the answer begins, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}. */
    long dueNanos();
}
