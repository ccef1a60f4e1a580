package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** Clients that want more than one upstream has, over a network that delays, reorders and loses; one event after the other. */
final class LearnedTraffic {
    private final SplittableRandom random;
    private final ManualTime time = ManualTime.standing();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private final UpstreamBuckets upstream;
    private final List<LearnedClient> clients = new ArrayList<>();
    private final long largestCall;
    private final Duration slowestThere;
    private final Duration slowestBack;
    private final double lost;
    private long countFromNanos;
    private long number;
    private long served;
    private long refused;
    private long tokensServed;

    LearnedTraffic(
            UpstreamBuckets upstream,
            int clients,
            long largestCall,
            Duration slowestThere,
            Duration slowestBack,
            double lost,
            long seed) {
        this.upstream = upstream;
        this.largestCall = largestCall;
        this.slowestThere = slowestThere;
        this.slowestBack = slowestBack;
        this.lost = lost;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < clients; i++) {
            this.clients.add(new LearnedClient(time));
        }
    }

    private record Event(long nanos, long number, Runnable action) {}

    /** Lets every client make one call alone before it begins. */
    void learnFirst() {
        clients.forEach(client -> {
            UpstreamBuckets.Answer answer = upstream.arrive(time.nanos(), 1);
            client.call(1, answer.headers(), answer.status());
        });
    }

    /** Lets every client try again and again, with pauses of at most {@code pause}. */
    void run(Duration length, Duration pause, Duration countFrom) {
        countFromNanos = countFrom.toNanos();
        clients.forEach(client -> after(Duration.ofMillis(1), () -> next(client, pause)));
        while (!events.isEmpty() && events.peek().nanos() <= length.toNanos()) {
            Event event = events.remove();
            time.advance(Duration.ofNanos(Math.max(0, event.nanos() - time.nanos())));
            event.action().run();
        }
    }

    long served() {
        return served;
    }

    long refused() {
        return refused;
    }

    long tokensServed() {
        return tokensServed;
    }

    double refusedShare() {
        return (double) refused / (served + refused);
    }

    private void next(LearnedClient client, Duration pause) {
        long tokens = random.nextLong(1, largestCall + 1);
        client.tryDepart(tokens).ifPresent(flight -> after(slowestThere, () -> arrive(flight, tokens)));
        after(pause, () -> next(client, pause));
    }

    private void arrive(Flight flight, long tokens) {
        if (random.nextDouble() < lost) {
            after(slowestBack, flight::lost);
            return;
        }
        UpstreamBuckets.Answer answer = upstream.arrive(time.nanos(), tokens);
        if (time.nanos() >= countFromNanos) {
            served += answer.status() == 200 ? 1 : 0;
            refused += answer.status() == 200 ? 0 : 1;
            tokensServed += answer.status() == 200 ? tokens : 0;
        }
        boolean unheard = random.nextDouble() < lost;
        after(slowestBack, unheard ? flight::lost : () -> flight.answered(answer.headers(), answer.status()));
    }

    private void after(Duration most, Runnable action) {
        events.add(new Event(time.nanos() + random.nextLong(1, most.toNanos() + 1), number++, action));
    }
}
