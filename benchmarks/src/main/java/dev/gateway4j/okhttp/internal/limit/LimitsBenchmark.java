package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;

/**
 * A call at three nested limits of requests and tokens each: found, taken and settled. In the package of the limits, since it calls them
 * without a chain around. The floor is Bucket4j alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitsBenchmark {
    private static final Estimate ESTIMATE = new Estimate(420, 0);
    private static final Usage USAGE = Usage.of(418, 207);
    private static final LimitHeaders HEADERS = new LimitHeaders(
            Optional.of(new Reading(999_999_999_999L, 999_999_999_990L, Optional.of(Duration.ZERO))),
            Optional.of(new Reading(999_999_999_999L, 999_999_999_990L, Optional.of(Duration.ZERO))),
            Optional.empty());

    /** How many users have their own buckets. */
    @Param({"1", "1000000"})
    public int users;

    private final Limits limits = LimitSettings.limits();
    private final LearnedLimits learned = new LearnedLimits(TimeSource.system());
    private final Turnstile turnstile = new Turnstile(TimeSource.system(), 1_000);
    private final Bucket bucket = bucket();
    private final List<Bucket> six = List.of(bucket(), bucket(), bucket(), bucket(), bucket(), bucket());
    private Subjects[] subjects = {};

    /** Gives every user his buckets. */
    @Setup
    public void warm() {
        subjects = new Subjects[users];
        for (int i = 0; i < users; i++) {
            subjects[i] = LimitSettings.subjects("acme/user-" + i);
            limits.addCallerCharges(subjects[i], ESTIMATE, true, new ArrayList<>());
        }
    }

    /** The floor: one bucket of Bucket4j. */
    @Benchmark
    public boolean oneBucket() {
        return bucket.tryConsume(1);
    }

    /** The floor for as many buckets as the limits have, one after the other, and given back. */
    @Benchmark
    public boolean sixBuckets() {
        boolean all = true;
        for (Bucket one : six) {
            all &= one.tryConsume(1);
        }
        for (Bucket one : six) {
            one.addTokens(1);
        }
        return all;
    }

    /** Three scopes, two kinds. */
    @Benchmark
    public long threeScopes() throws InterruptedException {
        return admitAndSettle(new ArrayList<>(8));
    }

    /** The same, and the upstream's own limits. */
    @Benchmark
    public long threeScopesLearning() throws InterruptedException {
        return learning();
    }

    /** As {@link #oneBucket()}, on two threads at once. */
    @Benchmark
    @Threads(2)
    public boolean oneBucketOnTwoThreads() {
        return oneBucket();
    }

    /** As {@link #threeScopes()}, on two threads at once. */
    @Benchmark
    @Threads(2)
    public long threeScopesOnTwoThreads() throws InterruptedException {
        return threeScopes();
    }

    /** As {@link #threeScopesLearning()}, on two threads at once. */
    @Benchmark
    @Threads(2)
    public long threeScopesLearningOnTwoThreads() throws InterruptedException {
        return learning();
    }

    private long learning() throws InterruptedException {
        List<Charge> charges = new ArrayList<>(8);
        Flight flight = learned.addCharges("openai", "blue", "gpt-4o", ESTIMATE, charges);
        Permit permit = admit(charges);
        flight.departed();
        flight.answered(HEADERS, 200);
        permit.settle(USAGE);
        return permit.reservedTokens();
    }

    private long admitAndSettle(List<Charge> charges) throws InterruptedException {
        Permit permit = admit(charges);
        permit.settle(USAGE);
        return permit.reservedTokens();
    }

    private Permit admit(List<Charge> charges) throws InterruptedException {
        Subjects whom = subjects[users == 1 ? 0 : ThreadLocalRandom.current().nextInt(users)];
        limits.addCallerCharges(whom, ESTIMATE, true, charges);
        limits.addAttemptCharges(whom, ESTIMATE, true, charges);
        if (!(turnstile.admit(charges, Turn.NOW) instanceof Admission.Admitted admitted)) {
            throw new IllegalStateException("these limits are never reached");
        }
        return admitted.permit();
    }

    private static Bucket bucket() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(50_000_000_000L).refillGreedy(50_000_000_000L, Duration.ofMinutes(1)))
                .withNanosecondPrecision()
                .build();
    }
}
