package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import java.util.Map;
import java.util.Optional;

/** Limits that nobody reaches: three nested scopes, each of requests and tokens. */
final class LimitSettings {
    private static final String PLENTY = "50000000000";

    private LimitSettings() {}

    static Limits limits() {
        return Limits.of(config(), "staging", TimeSource.system(), Optional.empty());
    }

    static RateLimitConfig config() {
        return GatewayConfig.reader()
                .properties(Map.of())
                .variables(Map.of("OPENAI_API_KEY_STAGING", "sk-test-limitsettings-0000"))
                .set("environment", "staging")
                .set("gateway.rate_limits.requests_per_minute", PLENTY)
                .set("gateway.rate_limits.tokens_per_minute", PLENTY)
                .set("gateway.rate_limits.per_tenant.requests_per_minute", PLENTY)
                .set("gateway.rate_limits.per_tenant.tokens_per_minute", PLENTY)
                .set("gateway.rate_limits.per_user.requests_per_minute", PLENTY)
                .set("gateway.rate_limits.per_user.tokens_per_minute", PLENTY)
                .read()
                .rateLimits();
    }

    static Subjects subjects(String user) {
        return new Subjects("acme", "", user, "gpt-4o", Optional.empty());
    }
}
