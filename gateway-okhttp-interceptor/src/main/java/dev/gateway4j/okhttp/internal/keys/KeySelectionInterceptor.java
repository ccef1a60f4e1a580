package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.call.WarnSparsely;
import dev.gateway4j.okhttp.internal.keys.Asking.Tried;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.Chosen;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.Cooling;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.KeyLess;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.NoKey;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens an attempt with a key's name, and another one with another key as long as an answer blames the key and there is one. Limits count
 * per name, so it stands outside of them; the secret stays where it is.
 */
public final class KeySelectionInterceptor extends CallInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(KeySelectionInterceptor.class);

    private final KeyRing ring;
    private final Refusals refusals;
    private final WarnSparsely warnings;

    /** Chooses from this ring. */
    public KeySelectionInterceptor(CallRuntime runtime, KeyRing ring, Refusals refusals) {
        this.ring = ring;
        this.refusals = refusals;
        this.warnings = new WarnSparsely(runtime.time(), TimeUnit.MINUTES.toNanos(1));
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        KeyChoice choice = choose(scope, Tried.NOTHING);
        if (choice instanceof NoKey none) {
            return refusals.answer(chain.request(), refusal(none));
        }
        if (choice instanceof Cooling cooling) {
            return refusals.answer(
                    chain.request(),
                    Refusal.of(RefusalReason.RATE_LIMITED, cooling.reason()).withRetryAfter(cooling.retryAfter()));
        }
        if (choice instanceof KeyLess keyLess) {
            scope.openAttempt(keyLess.upstream(), null);
            return chain.proceed(chain.request());
        }
        return attempts(chain, scope, (Chosen) choice);
    }

    private Response attempts(Chain chain, CallScope scope, Chosen first) throws IOException {
        Tried tried = Tried.NOTHING;
        Soonest soonest = Soonest.NONE;
        KeyLease lease = first.lease();
        scope.onRelease(lease::end);
        while (true) {
            Response response = attempt(chain, scope, lease, tried, soonest);
            if (!rotates(scope, lease, response) || !mayGoOn(chain.request(), scope)) {
                return response;
            }
            tried = tried(tried, lease.key(), scope.attempt().refusedBy());
            @Nullable
            KeyLease next = choose(scope, tried) instanceof Chosen another
                    ? another.lease()
                    : soonest.again(scope, scope.attempt().freeAtNanos());
            if (next == null) {
                return response;
            }
            soonest = soonest.after(lease.key(), scope.attempt(), next);
            scope.onRelease(next::end); // before anything that can fail
            response.close(); // before anything else is sent: OkHttp allows one answer at a time
            lease.end();
            scope.attempt().discarded(scope.runtime().time().nanos());
            lease = next;
        }
    }

    private Response attempt(Chain chain, CallScope scope, KeyLease lease, Tried tried, Soonest soonest)
            throws IOException {
        LOG.debug("call={} key={}", scope.id(), lease.key().name());
        Attempt attempt = scope.openAttempt(lease.key().upstream(), lease.key().key());
        attempt.elsewhere((by, freeAt) -> mayGoOn(chain.request(), scope)
                && (hasAnother(scope, tried(tried, lease.key(), Optional.of(by))) || soonest.isBefore(freeAt)));
        return chain.proceed(chain.request());
    }

    /** A key source that fails has no other key. */
    private boolean hasAnother(CallScope scope, Tried tried) {
        try {
            return ring.hasAnother(scope.facts(), tried);
        } catch (RuntimeException e) {
            LOG.debug(
                    "call={} The key source failed: {}",
                    scope.id(),
                    e.getClass().getName()); // a source's words may hold a key
            return false;
        }
    }

    /** Hears what the answer says about the key; true if another key may do better. */
    private boolean rotates(CallScope scope, KeyLease lease, Response response) {
        Attempt attempt = scope.attempt();
        if (attempt.refusedBy().isPresent()) {
            lease.unjudged(); // our own limit says nothing about a key
            LimitScope by = attempt.refusedBy().get();
            return by == LimitScope.KEY || by == LimitScope.UPSTREAM;
        }
        if (attempt.status().isEmpty() || scope.source() == Source.REPLAY) {
            lease.unjudged(); // nor does another refusal of ours, nor a recording
            return false;
        }
        LimitHeaders said = said(response, scope);
        ErrorAnswer error = Verdict.needsError(response.code()) ? ErrorAnswer.peek(response) : ErrorAnswer.SILENT;
        Verdict verdict = Verdict.of(response.code(), error, said);
        if (isMadeUp(scope)) {
            lease.unjudged();
        } else {
            ring.judge(lease, verdict, said);
        }
        return verdict.fault().rotates();
    }

    /** A stand-in's word about a key that other calls really use. Where nothing leaves at all, keys are the stand-in's to judge. */
    private static boolean isMadeUp(CallScope scope) {
        return scope.source() == Source.SIMULATED && scope.runtime().config().mode() != Mode.SIMULATED;
    }

    private static LimitHeaders said(Response response, CallScope scope) {
        boolean silent = response.isSuccessful()
                && response.header("x-ratelimit-limit-requests") == null
                && response.header("x-ratelimit-limit-tokens") == null;
        return silent
                ? LimitHeaders.NONE
                : LimitHeaders.read(response::header, scope.runtime().time().now());
    }

    private static Tried tried(Tried before, LiveKey key, Optional<LimitScope> refusedBy) {
        Tried tried = before.and(key);
        boolean quota = refusedBy.filter(by -> by == LimitScope.UPSTREAM).isPresent();
        return quota ? tried.and(key.quota()) : tried;
    }

    /** Only what can be sent again is, and only as long as somebody waits for it. */
    private static boolean mayGoOn(Request request, CallScope scope) {
        boolean repeats = request.body() == null || scope.facts().body().isPresent();
        return repeats && !scope.canceled() && scope.runtime().time().nanos() < scope.deadlineNanos();
    }

    /** A key source that fails gives no key: the call is refused, it never goes out without one. */
    private KeyChoice choose(CallScope scope, Tried tried) {
        try {
            return ring.choose(scope.facts(), tried);
        } catch (RuntimeException e) {
            if (!scope.facts().leaves()) {
                return new KeyLess(scope.facts().upstream());
            }
            if (warnings.due(e.getClass())) {
                LOG.warn("The key source failed, so no key is available: {}", Redaction.text(e.toString()));
            }
            return new NoKey("The key source failed: " + e.getClass().getSimpleName(), Optional.empty());
        }
    }

    private static Refusal refusal(NoKey none) {
        Refusal refusal = Refusal.of(RefusalReason.NO_KEY, none.reason());
        return none.retryAfter().map(refusal::withRetryAfter).orElse(refusal);
    }

    @Override
    public String toString() {
        return "KeySelection[" + ring + "]";
    }
}
