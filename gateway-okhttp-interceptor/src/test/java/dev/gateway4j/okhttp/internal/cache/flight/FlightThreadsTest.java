package dev.gateway4j.okhttp.internal.cache.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of flights. */
@Timeout(60)
class FlightThreadsTest {
    private static final InheritableThreadLocal<String> TENANT = new InheritableThreadLocal<>();

    @Test
    void a_flight_knows_nothing_of_the_thread_that_opened_it() {
        CompletableFuture<Optional<String>> seen = new CompletableFuture<>();
        TENANT.set("acme");
        try (FlightThreads threads = new FlightThreads()) {
            threads.start(() -> seen.complete(Optional.ofNullable(TENANT.get())));

            assertThat(seen.join()).isEmpty();
        } finally {
            TENANT.remove();
        }
    }

    @Test
    void virtual_threads_are_used_once_they_wait_without_their_carrier() {
        assertThat(FlightThreads.areGood(21)).isFalse();
        assertThat(FlightThreads.areGood(24)).isTrue();
    }
}
