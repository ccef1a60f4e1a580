package dev.gateway4j.api.spi;

/** What a {@link StandIn} answers: a reply, or a fault before the first header. */
public sealed interface WireAnswer permits WireReply, Frame.Fault {
    /** When the answer begins, on the scale of {@link dev.gateway4j.api.TimeSource#nanos()}. */
    long dueNanos();
}
