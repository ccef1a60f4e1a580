package dev.gateway4j.simulator;

import dev.gateway4j.api.TimeSource;

/**
 * When and by what chance something is made outside of a request.
 *
 * @param time the clock
 * @param seed the seed of the run
 */
record Moment(TimeSource time, long seed) {
    long seconds() {
        return time.now().getEpochSecond();
    }
}
