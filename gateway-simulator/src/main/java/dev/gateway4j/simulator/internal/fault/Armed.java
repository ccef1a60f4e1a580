package dev.gateway4j.simulator.internal.fault;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.simulator.internal.chance.Chance;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** A fault that may strike any time, and how many requests it could have struck. Thread-safe. */
final class Armed {
    private final FaultText text;
    private final Optional<Burst> burst;
    private final double probability;
    private final String name;
    private final AtomicLong met = new AtomicLong();

    Armed(FaultText text) {
        this.text = text;
        this.burst = text.value(Setting.BURST).map(Burst::of);
        this.probability = text.value(Setting.P).map(Double::parseDouble).orElse(1.0);
        this.name = text.toString();
    }

    FaultText text() {
        return text;
    }

    void reset() {
        met.set(0);
    }

    boolean strikes(Incoming incoming, long startNanos) {
        long since = incoming.arrivedNanos() - startNanos;
        return concerns(incoming)
                && inWindow(since)
                && inTurn()
                && inTries(incoming.chance())
                && drawn(incoming.chance())
                && inBurst(incoming, since);
    }

    private boolean concerns(Incoming incoming) {
        CallTags tags = incoming.tags();
        return fits(Setting.ENDPOINT, incoming::endpoint)
                && fits(Setting.MODEL, incoming.model())
                && fits(Setting.KEY, incoming::key)
                && fits(Setting.USER, () -> tags.user().orElse(""))
                && fits(Setting.TENANT, () -> tags.tenant().orElse(""))
                && fits(Setting.FEATURE, () -> tags.feature().orElse(""));
    }

    private boolean fits(Setting setting, Supplier<String> actual) {
        return text.value(setting)
                .map(pattern -> Stars.match(pattern, actual.get()))
                .orElse(true);
    }

    private boolean inWindow(long since) {
        return text.value(Setting.FROM)
                        .map(from -> since >= text.duration(Setting.FROM).toNanos())
                        .orElse(true)
                && text.value(Setting.TO)
                        .map(to -> since < text.duration(Setting.TO).toNanos())
                        .orElse(true);
    }

    /** Tries of one request are counted by the request itself, so other requests and threads change nothing. */
    private boolean inTries(Chance chance) {
        return text.value(Setting.TRIES)
                .map(tries -> chance.occurrence() < Long.parseLong(tries))
                .orElse(true);
    }

    /** Counts those it could have struck, so it comes after whom and when and before what is left to chance. */
    private boolean inTurn() {
        long turn = met.incrementAndGet();
        return text.value(Setting.NTH).map(nth -> turn == Long.parseLong(nth)).orElse(true)
                && text.value(Setting.FIRST)
                        .map(first -> turn <= Long.parseLong(first))
                        .orElse(true)
                && text.value(Setting.EVERY)
                        .map(every -> turn % Long.parseLong(every) == 0)
                        .orElse(true);
    }

    private boolean drawn(Chance chance) {
        return probability >= 1
                || chance.draws(Chance.Purpose.FAULT, name.hashCode() & Integer.MAX_VALUE)
                        .chance(probability);
    }

    private boolean inBurst(Incoming incoming, long since) {
        return burst.map(runs -> runs.on(incoming.chance().seed(), name, since)).orElse(true);
    }
}
