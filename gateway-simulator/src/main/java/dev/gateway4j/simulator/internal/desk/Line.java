package dev.gateway4j.simulator.internal.desk;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.encode.Events;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Later;
import dev.gateway4j.simulator.internal.timing.Slots;

/**
 * The line in front of the models: a large body takes its time to arrive, and where only so many answers are worked on at once the others
 * wait. An answer that is given up early makes room. Thread-safe.
 */
final class Line {
    private static final double NANOS_PER_MS = 1e6;
    private static final double MEGABYTE = 1e6;
    /** Bodies up to this size arrive with the request line, as far as anybody can tell. */
    private static final int SMALL = 64 * 1024;

    private final Slots slots;
    private final boolean limited;

    Line(int slots) {
        this.slots = new Slots(slots);
        this.limited = slots > 0;
    }

    /** The reply as it arrives for one who had to wait. */
    WireReply stand(Exchange exchange, WireReply reply, LatencyProfile profile) {
        int bytes = Math.max(0, exchange.request().body().length - SMALL);
        long upload = (long) (profile.upload() * bytes / MEGABYTE * NANOS_PER_MS);
        if (!limited || !generates(exchange)) {
            return Later.by(upload, reply);
        }
        long service = (reply.frames() instanceof Events events ? events.expectedEnd() : reply.dueNanos())
                - exchange.arrived();
        Slots.Slot slot = slots.take(exchange.arrived() + upload, Math.max(0, service));
        long waited = slot.start() - exchange.arrived();
        Frames held = new Held(reply.frames(), slot, waited);
        return Later.by(waited, new WireReply(reply.status(), reply.headers(), reply.dueNanos(), held));
    }

    /** Looking something up keeps no model busy. */
    private static boolean generates(Exchange exchange) {
        return exchange.request().method().equals("POST");
    }

    /** Gives the slot back when the answer is closed, as of the last frame that was pulled; these times know nothing of the wait. */
    private static final class Held implements Frames {
        private final Frames frames;
        private final Slots.Slot slot;
        private final long waited;
        private long reached;

        Held(Frames frames, Slots.Slot slot, long waited) {
            this.waited = waited;
            this.frames = frames;
            this.slot = slot;
            this.reached = slot.start();
        }

        @Override
        public Frame next() {
            Frame frame = frames.next();
            reached = Math.max(reached, frame.dueNanos() + waited);
            return frame;
        }

        @Override
        public void close() {
            slot.end(reached);
            frames.close();
        }
    }
}
