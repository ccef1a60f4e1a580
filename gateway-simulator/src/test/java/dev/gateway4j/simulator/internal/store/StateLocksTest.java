package dev.gateway4j.simulator.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class StateLocksTest {
    private static final ManualTime STANDING = ManualTime.standing();

    @Test
    void while_all_shelves_are_visited_other_threads_reach_a_shelf() {
        AskingClock clock = new AskingClock();
        State state = new State(clock, Duration.ofDays(30));
        state.shelf("files").put(Item.of("file-1", 1, JsonNodeFactory.instance.objectNode()));

        clock.asked = state;
        state.sizes();

        assertThat(clock.answers).isPositive();
    }

    /** Whenever a shelf looks at it, another thread asks for a shelf, as the line of a batch does. */
    private static final class AskingClock implements TimeSource {
        private State asked = new State(STANDING, Duration.ofDays(30));
        private int answers;

        @Override
        public Instant now() {
            Shelf reached = CompletableFuture.supplyAsync(() -> asked.shelf("responses"))
                    .completeOnTimeout(new State(STANDING, Duration.ZERO).shelf("none"), 60, TimeUnit.SECONDS)
                    .join();
            assertThat(reached).isSameAs(asked.shelf("responses"));
            answers++;
            return STANDING.now();
        }

        @Override
        public long nanos() {
            return STANDING.nanos();
        }

        @Override
        public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
            return STANDING.waitUntil(dueNanos, stop);
        }
    }
}
