package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.spi.TokenCounter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds who counts tokens, where limits want them counted. */
public final class TokenCounters {
    private TokenCounters() {}

    /**
     * The counter, if the settings need one.
     *
     * @param given the one to use, instead of looking for one
     * @throws GatewayConfigException if one is needed and the class path has none, or more than one
     */
    public static Optional<TokenCounter> find(GatewayConfig config, Optional<TokenCounter> given) {
        if (given.isPresent() || config.rateLimits().estimator() != RateLimitConfig.Estimator.EXACT) {
            return given;
        }
        List<TokenCounter> found = StandIns.load(TokenCounter.class);
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        String what = found.isEmpty()
                ? "and nothing on the class path counts them. Add dev.gateway4j:gateway-simulator, give the builder a"
                        + " tokenCounter, or use the estimator upstream or worst_case."
                : "and several on the class path count them: "
                        + found.stream()
                                .map(counter -> counter.getClass().getName())
                                .sorted()
                                .toList()
                        + ". Keep one, or give the builder a tokenCounter.";
        throw new GatewayConfigException(List.of(new ConfigProblem(
                "gateway.rate_limits.estimator",
                "class path",
                OptionalInt.empty(),
                "The estimator exact needs tokens counted, " + what)));
    }
}
