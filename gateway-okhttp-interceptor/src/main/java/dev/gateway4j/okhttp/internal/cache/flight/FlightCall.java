package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Detached;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one call upstream of a flight. Asked by the thread of the flight, cancelled by anybody. */
final class FlightCall implements Journey.Upstream {
    private static final Logger LOG = LoggerFactory.getLogger(FlightCall.class);
    private static final String SIMULATOR = "X-Gateway-Sim";

    /** How long one with nobody on board may take at most, where neither the call that launched it nor its silence has a limit. */
    private static final long LAUNCHED_MINUTES = 10;

    private final DetachedCalls calls;
    private final Interceptor.Chain chain;
    private final CallScope opener;
    private final CacheKey key;
    private final boolean launched;
    private final String id;
    private final AtomicReference<@Nullable CallReport> report = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Call call;
    private boolean canceled;
    private @Nullable Response response;

    FlightCall(DetachedCalls calls, Interceptor.Chain chain, CallScope opener, CacheKey key, boolean launched) {
        this.calls = calls;
        this.chain = chain;
        this.opener = opener;
        this.key = key;
        this.launched = launched;
        this.id = CallScope.newId(opener.runtime());
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Response ask(Request request) throws IOException {
        Call made = make(request);
        response = made.execute();
        return response;
    }

    private Call make(Request request) throws IOException {
        lock.lock();
        try {
            if (call != null) {
                throw new IllegalStateException("a flight asks upstream once");
            }
            if (canceled) {
                throw new IOException("Canceled");
            }
            Call made = calls.newCall(chain, asked(request), detached(request));
            bound(made);
            call = made;
            return made;
        } finally {
            lock.unlock();
        }
    }

    /** Everybody on board has a deadline of his own, and the last one off ends the call. Nobody is on board of one that was launched. */
    private void bound(Call made) {
        long nanos = chain.call().timeout().timeoutNanos();
        if (!launched) {
            made.timeout().clearTimeout();
        } else if (nanos > 0) {
            made.timeout().timeout(nanos, TimeUnit.NANOSECONDS);
        } else if (chain.readTimeoutMillis() == 0) {
            made.timeout().timeout(LAUNCHED_MINUTES, TimeUnit.MINUTES);
        }
    }

    private Detached detached(Request request) {
        CallFacts facts = opener.facts();
        CacheOutcome outcome =
                CacheOutcome.of(CacheStatus.MISS, Optional.of(key)).withFlight(id);
        return new Detached(
                isSame(request) ? Optional.of(facts) : Optional.empty(),
                facts.tags(),
                Optional.of(id),
                Optional.of(outcome),
                report::set);
    }

    private boolean isSame(Request request) {
        Request opened = chain.request();
        return request.body() == opened.body()
                && request.method().equals(opened.method())
                && request.url().equals(opened.url());
    }

    /** What the application asks of the simulator was taken off the request when its call was opened; whoever reads it anew finds it again. */
    private Request asked(Request request) {
        Request original = opener.facts().original();
        if (isSame(request) || original.header(SIMULATOR) == null) {
            return request;
        }
        Request.Builder again = request.newBuilder().removeHeader(SIMULATOR);
        original.headers(SIMULATOR).forEach(value -> again.addHeader(SIMULATOR, value));
        return again.build();
    }

    /** The scope of the call, once its head is there. */
    @Nullable
    CallScope scope() {
        return response == null ? null : CallScope.find(response.request());
    }

    /** Its report, once it has settled. */
    @Nullable
    CallReport report() {
        return report.get();
    }

    /** Tells those who listen, if the report is nobody's. */
    void publish(CallReport settled) {
        opener.runtime().publisher().publish(settled);
    }

    /** Ends it, or sees to it that it is never made. */
    void cancel() {
        Call made;
        lock.lock();
        try {
            canceled = true;
            made = call;
        } finally {
            lock.unlock();
        }
        if (made == null) {
            return;
        }
        try {
            made.cancel();
        } catch (RuntimeException e) {
            LOG.warn("An event listener failed when a call was cancelled", e);
        }
    }

    /** Lets go of the answer, so that it settles. */
    void close() {
        if (response != null) {
            response.close();
        }
    }
}
