package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Refusals;
import java.io.IOException;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens an attempt with a key's name. Limits count per name, so it stands outside of them; the secret stays where it is. */
public final class KeySelectionInterceptor extends CallInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(KeySelectionInterceptor.class);

    private final KeyRing ring;
    private final Refusals refusals;

    /** Chooses among the keys of this source. */
    public KeySelectionInterceptor(CallRuntime runtime, KeySource source, Refusals refusals) {
        this.ring = new KeyRing(runtime.config(), source, runtime.random());
        this.refusals = refusals;
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        KeyChoice choice = choose(scope);
        if (choice instanceof KeyChoice.NoKey none) {
            return refusals.answer(chain.request(), Refusal.of(RefusalReason.NO_KEY, none.reason()));
        }
        if (choice instanceof KeyChoice.Chosen chosen) {
            UpstreamKey key = chosen.key();
            LOG.debug("call={} key={} upstream={}", scope.id(), key.name(), key.upstream());
            scope.openAttempt(chosen.upstream(), key);
        } else if (choice instanceof KeyChoice.KeyLess keyLess) {
            scope.openAttempt(keyLess.upstream(), null);
        }
        return chain.proceed(chain.request());
    }

    /** A key source that fails gives no key: the call is refused, it never goes out without one. */
    private KeyChoice choose(CallScope scope) {
        try {
            return ring.choose(scope.facts());
        } catch (RuntimeException e) {
            if (!scope.facts().leaves()) {
                return new KeyChoice.KeyLess(scope.facts().upstream());
            }
            LOG.warn("call={} The key source failed, so no key is available", scope.id(), e);
            return new KeyChoice.NoKey("The key source failed: " + e.getClass().getSimpleName());
        }
    }

    @Override
    public String toString() {
        return "KeySelection[" + ring + "]";
    }
}
