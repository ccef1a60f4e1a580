package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Refusals;
import java.io.IOException;
import okhttp3.Response;

/**
 * Lets an attempt go on only within every limit that concerns it, and settles what it took when its answer has ended. The last gate before
 * work.
 */
public final class RateLimitInterceptor extends CallInterceptor {
    private final CallRuntime runtime;
    private final Refusals refusals;

    /** Holds the limits of these settings. */
    public RateLimitInterceptor(CallRuntime runtime, Refusals refusals) {
        this.runtime = runtime;
        this.refusals = refusals;
    }

    /** True if there is anything to hold: a limit of our own, or an upstream that can name its own. */
    public static boolean isNeeded(GatewayConfig config) {
        return !config.rateLimits().rules().isEmpty() || (config.rateLimits().learn() && config.reachesUpstream());
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        return chain.proceed(chain.request());
    }

    @Override
    public String toString() {
        return "RateLimit[" + runtime.config().rateLimits().rules().size() + " limits, "
                + refusals.getClass().getSimpleName() + "]";
    }
}
