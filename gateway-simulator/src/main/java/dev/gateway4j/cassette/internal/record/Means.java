package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.scrub.LeakGuard;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a recorder works with; tests put in others, which fail.
 *
 * @param disk where cassettes are written
 * @param guard says where an exchange holds what must not be saved
 * @param maxBytes the longest answer that is saved
 * @param maxOpen how many cassettes are kept locked between two exchanges
 */
record Means(Disk disk, Function<Interaction, Optional<String>> guard, int maxBytes, int maxOpen) {
    static final Means REAL = new Means(Disk.REAL, LeakGuard::find, BodyTape.MAX_BYTES, 256);

    Means with(Disk other) {
        return new Means(other, guard, maxBytes, maxOpen);
    }

    Means with(Function<Interaction, Optional<String>> other) {
        return new Means(disk, other, maxBytes, maxOpen);
    }

    Means with(int bytes) {
        return new Means(disk, guard, bytes, maxOpen);
    }

    Means open(int cassettes) {
        return new Means(disk, guard, maxBytes, cassettes);
    }
}
