package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The note that travels with a call, on the tag of its request. Facts are there from the start; every other slot has one writer, named
 * beside it. Written by the thread that carries the call and, after the headers, by the thread that reads the body: OkHttp hands the
 * response over between the two. Only the ending may be raced for, and only one wins.
 */
public final class CallScope {
    private static final Logger LOG = LoggerFactory.getLogger(CallScope.class);

    private final CallRuntime runtime;
    private final CallFacts facts;
    private final Call call;
    private final String id;
    private final Instant startedAt;
    private final long startedNanos;
    private final long deadlineNanos;

    private final List<Attempt> attempts = new ArrayList<>(1);
    private final List<BodyObserver> observers = new ArrayList<>(3);
    private final List<Runnable> releases = new ArrayList<>(0);
    private final CacheNote cache = new CacheNote();
    private final Consumer<CallReport> sink;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<CallReport> report = new CompletableFuture<>();

    private @Nullable Held limits;
    private Source source = Source.GATEWAY;
    private Optional<RefusalReason> refusal = Optional.empty();
    private OptionalInt status = OptionalInt.empty();
    private long firstByteNanos = -1;

    CallScope(CallRuntime runtime, CallFacts facts, Call call) {
        this(runtime, facts, call, newId(runtime), runtime.publisher()::publish);
    }

    /** The scope of a call that belongs to nobody. */
    CallScope(CallRuntime runtime, CallFacts facts, Call call, Detached detached) {
        this(runtime, facts, call, detached.id().orElseGet(() -> newId(runtime)), detached.ended());
        cache.write(detached.cache(), Optional.empty());
    }

    private CallScope(CallRuntime runtime, CallFacts facts, Call call, String id, Consumer<CallReport> sink) {
        this.runtime = runtime;
        this.facts = facts;
        this.call = call;
        this.id = id;
        this.sink = sink;
        this.startedAt = runtime.time().now();
        this.startedNanos = runtime.time().nanos();
        long timeout = call.timeout().timeoutNanos();
        this.deadlineNanos = timeout == 0 ? Long.MAX_VALUE : startedNanos + timeout;
    }

    /** A name for a call. */
    public static String newId(CallRuntime runtime) {
        return Long.toHexString(runtime.random().nextLong() | 1L << 60);
    }

    /** The scope of the call this request belongs to; null for requests that pass by untouched. */
    public static @Nullable CallScope find(Request request) {
        return request.tag(CallScope.class);
    }

    /** What the application asked, read once. */
    public CallFacts facts() {
        return facts;
    }

    /** What all calls share. */
    public CallRuntime runtime() {
        return runtime;
    }

    /** The call's name in headers, reports and logs. */
    public String id() {
        return id;
    }

    /** When the call began, on the gateway's clock. */
    public long startedNanos() {
        return startedNanos;
    }

    /** When the call's own timeout ends it, on the gateway's clock; {@link Long#MAX_VALUE} without one. */
    public long deadlineNanos() {
        return deadlineNanos;
    }

    /** True once the application has cancelled the call, or OkHttp has because its timeout is over. */
    public boolean canceled() {
        return call.isCanceled();
    }

    /** The application's call, for those who must cancel it. */
    public Call call() {
        return call;
    }

    /** Opens the next attempt. Written by key selection. */
    public Attempt openAttempt(Upstream upstream, @Nullable UpstreamKey key) {
        Attempt attempt = new Attempt(upstream, key, runtime.time().nanos());
        attempts.add(attempt);
        return attempt;
    }

    /** What a room holds for the whole call, across its attempts. */
    public interface Held {}

    /** Keeps what the limits hold for this call. Written by the rate limit. */
    public void holdLimits(Held held) {
        limits = held;
    }

    /** What the limits hold for this call; null before they were asked. */
    public @Nullable Held limits() {
        return limits;
    }

    /** The attempt under way. */
    public Attempt attempt() {
        return attempts.get(attempts.size() - 1);
    }

    /** How many attempts there were so far. */
    public int attempts() {
        return attempts.size();
    }

    /** Says who answered. Written by transport. */
    public void answeredBy(Source who) {
        source = who;
    }

    /** Who answered. */
    public Source source() {
        if (cache.saves()) {
            return Source.CACHE;
        }
        CallScope lead = cache.lead();
        return lead == null || !attempts.isEmpty() ? source : lead.source();
    }

    /** Says what became of a call that was not answered by the cache: a miss, a refresh, a bypass. Written by the cache. */
    public void cacheOutcome(CacheOutcome outcome) {
        cache.write(Optional.of(outcome), Optional.empty());
    }

    /**
     * Says that an answer which another call has paid for answers this one, which used and costs nothing. Written by the cache.
     *
     * @param modelServed the model that gave it
     */
    public void cached(CacheOutcome outcome, Optional<String> modelServed) {
        cache.write(Optional.of(outcome), modelServed);
    }

    /** What the cache says about the call so far. */
    public Optional<CacheOutcome> cache() {
        return cache.outcome();
    }

    /** The call that is made in place of this one: the headers of the answer say of this call what is true of that one. Written by the cache. */
    public void leads(@Nullable CallScope flight) {
        cache.leads(flight);
    }

    /** Keeps the report back, once the call is over, until this is complete; so long the cache may still write. Written by the cache. */
    public void awaits(CompletableFuture<?> settled) {
        cache.awaits(settled);
    }

    /** Takes over attempts, usage, cost, source and model of the call that was made in place of this one. Written by the cache. */
    public void carry(CallReport flight) {
        cache.carry(flight);
    }

    /** Says why the answer was not kept. Only the report says so: the headers may be on their way, or not. Written by the cache. */
    public void remark(String reason) {
        cache.remark(reason);
    }

    /** The call that is made in place of this one goes on without it, and reports by itself what is used. Written by the cache. */
    public void leavesBehind(CacheOutcome outcome) {
        cacheOutcome(outcome);
        cache.leavesBehind();
    }

    /** How many attempts answered this call, by itself or in its place. */
    int shownAttempts() {
        CallScope lead = cache.lead();
        return attempts.size() + (lead == null ? 0 : lead.attempts());
    }

    /** True if it is known before the first byte that the call costs nothing. */
    boolean isFree() {
        return cache.saves() && cache.lead() == null;
    }

    /** What the call costs so far, all attempts together; unknown if one of them is. */
    public Cost cost() {
        BigDecimal sum = BigDecimal.ZERO;
        for (Attempt attempt : attempts) {
            if (attempt.cost() instanceof Cost.Known known) {
                sum = sum.add(known.usd());
            } else {
                return attempt.cost();
            }
        }
        return sum.signum() == 0 ? Cost.NOTHING : new Cost.Known(sum);
    }

    /** Adds an observer to the one tap on the body that the application gets. It hears of everything after the attempt's own. */
    public void observe(BodyObserver observer) {
        observers.add(observer);
    }

    /** Adds something to let go of when the call is over, whatever its ending. */
    public void onRelease(Runnable release) {
        releases.add(release);
    }

    /** True once the call has ended; its request may then be made again, as a call of its own. */
    public boolean over() {
        return over.get();
    }

    /** The report, complete when the call is over. */
    public CompletionStage<CallReport> report() {
        return report.minimalCompletionStage();
    }

    /** Everybody who looks at the delivered body, inside out: the last attempt's observers, then the call's. */
    List<BodyObserver> observers() {
        List<BodyObserver> all = new ArrayList<>(4);
        if (!attempts.isEmpty()) {
            all.addAll(attempt().observers());
        }
        all.addAll(observers);
        return all;
    }

    /** Says what the application got. Written by open-call; what an attempt before it was refused for does not count. */
    void delivered(int httpStatus, Optional<RefusalReason> refused) {
        status = OptionalInt.of(httpStatus);
        refusal = refused;
        if (refused.isPresent()) {
            source = Source.GATEWAY;
        }
    }

    void firstByte() {
        if (firstByteNanos < 0) {
            firstByteNanos = runtime.time().nanos();
        }
    }

    /** Freezes the scope and publishes its report; the first ending wins. Written by open-call. */
    void end(Ending ending, @Nullable IOException failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        try {
            release(0);
        } finally {
            Ending shown = refusal.isPresent() && failure == null ? Ending.REFUSED : ending;
            long now = runtime.time().nanos();
            cache.whenSettled(() -> publish(freeze(shown, failure, now)));
        }
    }

    private void publish(CallReport frozen) {
        try {
            sink.accept(frozen);
        } finally {
            report.complete(frozen);
        }
    }

    /** An error is not held back, but what comes after it is let go of all the same. */
    private void release(int from) {
        for (int i = from; i < releases.size(); i++) {
            try {
                releases.get(i).run();
            } catch (RuntimeException e) {
                LOG.error("call={} Something could not be let go of", id, e);
            } catch (Error e) {
                release(i + 1);
                throw e;
            }
        }
    }

    private CallReport freeze(Ending ending, @Nullable IOException failure, long now) {
        Optional<String> failureText = Optional.ofNullable(failure)
                .map(e -> Redaction.text(e.getClass().getSimpleName() + ": " + e.getMessage()));
        Optional<CallReport> flight = Optional.ofNullable(cache.carried());
        Optional<Attempt> last = attempts.isEmpty() ? Optional.empty() : Optional.of(attempt());
        Optional<Usage> used = last.flatMap(Attempt::usage);
        List<AttemptReport> own = reports(ending, failureText, now);
        return new CallReport(
                id,
                startedAt,
                runtime.config().environment(),
                runtime.config().mode(),
                cache.saves() || last.isPresent()
                        ? source()
                        : flight.map(CallReport::source).orElseGet(this::source),
                facts.method(),
                shownEndpoint(),
                facts.request().model(),
                cache.model()
                        .or(() -> last.flatMap(Attempt::modelServed))
                        .or(() -> flight.flatMap(CallReport::modelServed)),
                facts.request().stream(),
                facts.tags(),
                flight.map(before -> Booked.attempts(before, own)).orElse(own),
                status,
                refusal,
                cache.isFree()
                        ? Optional.of(Usage.of(0, 0))
                        : flight.map(before -> Booked.usage(before, used)).orElse(used),
                flight.map(before -> Booked.cost(before, cost())).orElseGet(this::cost),
                ending,
                failureText,
                firstByteNanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(firstByteNanos - startedNanos)),
                Duration.ofNanos(now - startedNanos),
                cache.reported());
    }

    /** Nobody knows what a host that is no upstream has in its paths. */
    private String shownEndpoint() {
        return facts.foreign() ? Redaction.text(facts.endpoint()) : facts.endpoint();
    }

    private List<AttemptReport> reports(Ending ending, Optional<String> failure, long now) {
        List<AttemptReport> reports = new ArrayList<>(attempts.size());
        for (Attempt attempt : attempts) {
            reports.add(attempt.report(facts.modelSent(), ending, failure, now));
        }
        return reports;
    }

    @Override
    public String toString() {
        return "CallScope[" + id + " " + shownEndpoint() + ", " + attempts.size() + " attempts, after "
                + TimeUnit.NANOSECONDS.toMillis(runtime.time().nanos() - startedNanos) + " ms]";
    }
}
