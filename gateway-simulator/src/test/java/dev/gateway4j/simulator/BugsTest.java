package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.WireReply;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class BugsTest {
    @Test
    void a_bug_of_the_simulator_is_an_error_of_the_server_that_the_journal_names() {
        BrokenClock clock = new BrokenClock();
        SimulatedOpenAi openAi = SimulatedOpenAi.of(Sim.config("instant", List.of()), clock, 7);
        String body = Sandbox.chat("Tell me more about it. ".repeat(600));
        clock.broken = true;

        WireReply reply = (WireReply) openAi.answer(
                Sandbox.empty().request("POST", Sandbox.CHAT, body, WireHeaders.empty(), CallTags.none()));

        assertThat(reply.status()).isEqualTo(500);
        assertThat(openAi.journal().requests().get(0)).asString().contains("a bug: IllegalStateException");
    }

    private static final class BrokenClock implements TimeSource {
        private final ManualTime time = ManualTime.standing();
        private boolean broken;

        @Override
        public long nanos() {
            if (broken) {
                throw new IllegalStateException("the clock is broken");
            }
            return time.nanos();
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public boolean waitUntil(long dueNanos, BooleanSupplier stop) throws InterruptedException {
            return time.waitUntil(dueNanos, stop);
        }
    }
}
