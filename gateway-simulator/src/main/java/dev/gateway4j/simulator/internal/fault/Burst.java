package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.time.Duration;
import java.util.Optional;

/**
 * Faults that come in runs, as outages do: time is cut into slots, and from slot to slot the fault goes on or off.
 *
 * @param on the probability that it goes on
 * @param off the probability that it goes off
 * @param slot how long a slot is
 */
record Burst(double on, double off, Duration slot) {
    private static final int FURTHEST_BACK = 100_000;

    static Burst of(String text) {
        String[] parts = text.split("/", -1);
        return new Burst(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                GoDuration.parse(parts[2]).orElseThrow());
    }

    static Optional<String> normal(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        Optional<String> on = Form.PROBABILITY.normal(parts[0]);
        Optional<String> off = Form.PROBABILITY.normal(parts[1]);
        Optional<Duration> slot = GoDuration.parse(parts[2]).filter(length -> length.toMillis() > 0);
        if (on.isEmpty() || off.isEmpty() || slot.isEmpty()) {
            return Optional.empty();
        }
        double together = Double.parseDouble(on.get()) + Double.parseDouble(off.get());
        return together > 1
                ? Optional.empty()
                : Optional.of(on.get() + "/" + off.get() + "/"
                        + GoDuration.text(slot.get().toMillis()));
    }

    /**
     * True while it is on. A slot's draw alone decides unless it lies between the two probabilities; then the slot before decides. So the
     * state of any slot is found by looking back a little, and nothing has to be remembered.
     */
    boolean on(long seed, String name, long sinceStartNanos) {
        Fingerprint self = Fingerprint.of("burst", name);
        long newest = sinceStartNanos / slot.toNanos();
        for (long i = newest; i >= 0 && i > newest - FURTHEST_BACK; i--) {
            double draw = new Chance(seed, self, i).draws(Chance.Purpose.FAULT).unit();
            if (draw < on) {
                return true;
            }
            if (draw >= 1 - off) {
                return false;
            }
        }
        return false;
    }
}
