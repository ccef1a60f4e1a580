package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CachePolicy;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.okhttp.internal.cache.flight.DetachedCalls;
import dev.gateway4j.okhttp.internal.cache.flight.FlightKey;
import dev.gateway4j.okhttp.internal.cache.flight.Flights;
import dev.gateway4j.okhttp.internal.cache.flight.Journey;
import dev.gateway4j.okhttp.internal.cache.key.Identity;
import dev.gateway4j.okhttp.internal.cache.key.Reading;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import dev.gateway4j.okhttp.internal.call.Refusals;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Gives answers that were given before, and keeps new ones. Before keys and limits: a hit needs none of them. */
public final class CacheInterceptor extends CallInterceptor {
    /** How much of an error is read to its end, so that its connection and its booking end well. */
    private static final long READABLE_ERROR = 1 << 20;

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERRORS = 500;

    private final CacheBook book;
    private final Flights flights;
    private final TimeSource time;
    private final Refusals refusals;
    private final @Nullable Likeness likeness;

    /** Caches what this book keeps, and asks upstream with these calls; who shares an answer goes through the gate. */
    public CacheInterceptor(
            CacheBook book, DetachedCalls calls, CancelWatch watch, FollowerGate gate, Refusals refusals) {
        this.book = book;
        this.flights = new Flights(calls, watch, gate, book.flightThreads());
        this.time = book.time();
        this.refusals = refusals;
        this.likeness = book.likeness(calls, flights);
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        Reading reading = read(scope);
        if (reading instanceof Reading.Cacheable cacheable) {
            return answer(chain, scope, cacheable.identity());
        }
        if (reading instanceof Reading.Invalid invalid) {
            scope.cacheOutcome(CacheOutcome.bypass("invalid policy"));
            return refusals.answer(chain.request(), Refusal.of(RefusalReason.INVALID_REQUEST, invalid.message()));
        }
        return bypass(chain, scope, (Reading.Bypassed) reading);
    }

    private Response bypass(Chain chain, CallScope scope, Reading.Bypassed bypassed) throws IOException {
        scope.cacheOutcome(CacheOutcome.bypass(bypassed.reason()));
        return bypassed.onlyIfCached() ? refusals.answer(chain.request(), notCached()) : chain.proceed(chain.request());
    }

    private Reading read(CallScope scope) {
        try {
            return book.readings().read(scope.facts());
        } catch (RuntimeException e) {
            book.failed("read a call", e);
            return new Reading.Bypassed("the cache failed");
        }
    }

    private Response answer(Chain chain, CallScope scope, Identity identity) throws IOException {
        CachePolicy policy = identity.policy();
        Batch batch = batch(scope, identity);
        if (batch != null) {
            return answer(new Likeness.Asked(chain, scope, identity), batch);
        }
        Find find = policy.refresh() ? null : find(scope, identity);
        if (find != null && find.usable()) {
            if (find.status() == CacheStatus.STALE && !policy.onlyIfCached()) {
                refresh(chain, scope, identity);
            }
            return give(chain, scope, identity, find);
        }
        if (policy.onlyIfCached()) {
            scope.cacheOutcome(missed(identity));
            return refusals.answer(chain.request(), notCached());
        }
        return fly(chain, scope, identity, find);
    }

    /**
     * What was found.
     *
     * @param status whether it is fresh
     * @param usable true if it is given without asking upstream; if not, it stands in for an answer that cannot be had
     */
    private record Find(Kept kept, Given given, CacheStatus status, boolean usable, long nanos) {}

    private @Nullable Find find(CallScope scope, Identity identity) {
        try {
            Kept kept = book.find(identity.key());
            return kept == null ? null : judge(kept, scope, identity);
        } catch (RuntimeException e) {
            book.failed("look up an answer", e);
            return null;
        }
    }

    private @Nullable Find judge(Kept kept, CallScope scope, Identity identity) {
        long now = time.nanos();
        Duration maxAge = identity.policy().maxAge().orElse(null);
        if (maxAge != null && kept.ageNanos(now) > maxAge.toNanos()) {
            return null;
        }
        Given given = book.given(kept, Form.of(scope.facts().request()));
        if (given == null) {
            return null;
        }
        if (kept.isFresh(now)) {
            return new Find(kept, given, CacheStatus.HIT, true, now);
        }
        long stale = now - kept.times().freshNanos();
        boolean revalidated = stale < book.config().staleWhileRevalidate().toNanos();
        boolean standsIn = stale < book.config().staleWhileError().toNanos();
        return revalidated || standsIn ? new Find(kept, given, CacheStatus.STALE, revalidated, now) : null;
    }

    private Response give(Chain chain, CallScope scope, Identity identity, Find find) {
        Kept kept = find.kept();
        scope.leads(null); // what was asked in vain before does not show in the headers of this answer
        scope.cached(
                book.outcome(find.status(), kept, find.nanos()), kept.answer().model());
        return isPaced(identity.policy(), scope)
                ? CachedResponses.paced(chain.request(), find.given(), scope, chain.readTimeoutMillis())
                : CachedResponses.instant(
                        chain.request(), find.given(), time.now().toEpochMilli());
    }

    private boolean isPaced(CachePolicy policy, CallScope scope) {
        CachePolicy.Replay replay = policy.replay().isPresent()
                ? policy.replay().get()
                : book.config().replay();
        return replay == CachePolicy.Replay.PACED && scope.facts().request().stream();
    }

    private static Refusal notCached() {
        return Refusal.of(
                RefusalReason.NOT_CACHED,
                "Nothing is cached that answers this call, and its cache policy is only-if-cached. Ask once without it, or take"
                        + " what this answer says for a miss.");
    }

    private @Nullable Batch batch(CallScope scope, Identity identity) {
        try {
            return Batch.of(book, scope, identity);
        } catch (RuntimeException e) {
            book.failed("take a batch apart", e);
            return null;
        }
    }

    private Response answer(Likeness.Asked asked, Batch batch) throws IOException {
        StoredAnswer whole = asked.identity().policy().refresh() ? null : whole(batch);
        if (whole != null) {
            return give(asked, batch, whole);
        }
        if (asked.identity().policy().onlyIfCached()) {
            asked.scope().cacheOutcome(missed(asked.identity()));
            return refusals.answer(asked.chain().request(), notCached());
        }
        return fly(asked, batch);
    }

    private @Nullable StoredAnswer whole(Batch batch) {
        try {
            batch.look();
            StoredAnswer whole = batch.whole().orElse(null);
            if (batch.isWhole() && whole == null) {
                batch.forget();
            }
            return whole;
        } catch (RuntimeException e) {
            book.failed("look up embeddings", e);
            return null;
        }
    }

    private Response give(Likeness.Asked asked, Batch batch, StoredAnswer whole) {
        asked.scope().cached(batch.hit(whole), whole.model());
        return batch.response(asked.chain().request(), whole);
    }

    private Response fly(Likeness.Asked asked, Batch batch) throws IOException {
        Chain chain = asked.chain();
        CallScope scope = asked.scope();
        boolean refresh = asked.identity().policy().refresh();
        CacheOutcome missed = refresh
                ? CacheOutcome.of(
                        CacheStatus.REFRESH, Optional.of(asked.identity().key()))
                : missed(asked.identity());
        scope.cacheOutcome(batch.found() == 0 ? missed : book.partly(missed, batch));
        Response response = board(chain, scope, asked.identity(), new BatchErrand(book, asked, batch));
        String none = BatchErrand.whyNone(response);
        if (none == null) {
            return response;
        }
        finish(response); // until the flight has settled: what it has used is booked before what comes now
        scope.cacheOutcome(missed.withReason(none));
        return chain.proceed(chain.request());
    }

    private static CacheOutcome missed(Identity identity) {
        return CacheOutcome.of(CacheStatus.MISS, Optional.of(identity.key()));
    }

    /** Asks anew in the background; a failure there is nobody's. */
    private void refresh(Chain chain, CallScope scope, Identity identity) {
        try {
            flights.launch(
                    key(chain, scope, identity),
                    chain,
                    scope,
                    journey(chain, scope, identity).unattended());
        } catch (RuntimeException e) {
            book.failed("refresh an answer", e);
        }
    }

    private Response fly(Chain chain, CallScope scope, Identity identity, @Nullable Find stale) throws IOException {
        CacheStatus status = identity.policy().refresh() ? CacheStatus.REFRESH : CacheStatus.MISS;
        scope.cacheOutcome(CacheOutcome.of(status, Optional.of(identity.key())));
        Response response;
        try {
            response = board(chain, scope, identity, journey(chain, scope, identity));
        } catch (IOException e) {
            if (stale == null || isOwn(e) || scope.canceled() || time.nanos() >= scope.deadlineNanos()) {
                throw e;
            }
            return give(chain, scope, identity, stale);
        }
        if (stale != null && isTrouble(response)) {
            finish(response);
            return give(chain, scope, identity, stale);
        }
        return response;
    }

    /** Who was interrupted wants to stop, and whose time is over gets no answer; only silence is the upstream's. */
    private static boolean isOwn(IOException e) {
        return e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException);
    }

    private Response board(Chain chain, CallScope scope, Identity identity, Journey journey) throws IOException {
        Optional<Flights.Boarded> boarded = flights.board(key(chain, scope, identity), chain, scope, journey);
        if (boarded.isPresent()) {
            return boarded.get().response();
        }
        scope.cacheOutcome(missed(identity).withReason("too many calls wait for this answer"));
        return chain.proceed(chain.request());
    }

    private static FlightKey key(Chain chain, CallScope scope, Identity identity) {
        Form form = Form.of(scope.facts().request());
        CachePolicy policy = identity.policy();
        FlightKey.Terms terms = new FlightKey.Terms(policy.refresh(), policy.maxAge(), identity.threshold());
        return new FlightKey(identity.key(), form.stream(), form.usage(), terms, FlightKey.Timeouts.of(chain));
    }

    private Errand journey(Chain chain, CallScope scope, Identity identity) {
        boolean compares = likeness != null && identity.threshold().isPresent();
        return new Errand(book, new Likeness.Asked(chain, scope, identity), compares ? likeness : null);
    }

    /** Trouble that will pass, and that is the upstream's: what this gateway refuses, it means. */
    private static boolean isTrouble(Response response) {
        return response.code() >= SERVER_ERRORS
                || (response.code() == TOO_MANY_REQUESTS && response.header("x-gateway-refusal") == null);
    }

    private static void finish(Response response) {
        try (ResponseBody body = response.body()) {
            if (body != null) {
                boolean unusedWhole = body.source().request(READABLE_ERROR);
            }
        } catch (IOException e) {
            // Nobody wants to read it.
        }
    }

    @Override
    public String toString() {
        return "Cache[" + book + "]";
    }
}
