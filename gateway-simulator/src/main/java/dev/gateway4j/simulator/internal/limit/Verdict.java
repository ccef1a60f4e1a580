package dev.gateway4j.simulator.internal.limit;

import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the limiter decided about a request, and the numbers it tells. Immutable. */
public final class Verdict {
    private final Charges charges;
    private final Map<Window, Long> limits;
    private final Account.Outcome outcome;
    private final Optional<Window> tooSmall;

    Verdict(Charges charges, Map<Window, Long> limits, Account.Outcome outcome, Optional<Window> tooSmall) {
        this.charges = charges;
        this.limits = limits;
        this.outcome = outcome;
        this.tooSmall = tooSmall;
    }

    /** The limit that refuses the request. */
    public Optional<Window> refusedBy() {
        return tooSmall.or(outcome::refusedBy);
    }

    /** What is left of requests: a limit per day is told before one per minute. */
    public Optional<Quota.Level> requests() {
        return level(Window.RPD).or(() -> level(Window.RPM));
    }

    /** What is left of tokens, where tokens count. */
    public Optional<Quota.Level> tokens() {
        return charges.tokens().isPresent() ? level(Window.TPM).or(() -> level(Window.TPD)) : Optional.empty();
    }

    /** How long a refused request has to wait, rounded up; none if it was admitted or no wait helps. */
    public OptionalLong waitMillis() {
        if (tooSmall.isPresent() || outcome.refusedBy().isEmpty()) {
            return OptionalLong.empty();
        }
        Window window = outcome.refusedBy().get();
        long limit = amount(window);
        return OptionalLong.of((over(window) * window.millis() + limit - 1) / limit);
    }

    /** The error of a refused request. */
    public ApiError error(String organization) {
        Window window = refusedBy().orElseThrow();
        long requested = Account.cost(window, charges.tokens().orElse(0));
        if (tooSmall.isPresent()) {
            return ErrorKind.REQUEST_TOO_LARGE.with(
                    window.counts(), charges.model(), organization, window.words(), amount(window), requested);
        }
        return ErrorKind.RATE_LIMIT.with(
                window.counts(),
                charges.model(),
                organization,
                window.words(),
                amount(window),
                used(window),
                requested,
                GoDuration.text(over(window) * window.millis() / amount(window)));
    }

    String azureMessage(Exchange exchange) {
        Window window = refusedBy().orElseThrow();
        String operation =
                switch (exchange.segment(0)) {
                    case "chat" -> "ChatCompletions_Create";
                    case "embeddings" -> "Embeddings_Create";
                    case "completions" -> "Completions_Create";
                    default -> "Create";
                };
        String version = exchange.query().path("api-version").asText("v1");
        return "Requests to the " + operation + " Operation under Azure OpenAI API version " + version
                + " have exceeded "
                + (window.tokens() ? "token" : "call")
                + " rate limit of your current OpenAI S0 pricing tier. Please retry after "
                + (waitMillis().orElse(0) + 999) / 1000
                + " seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate"
                + " limit.";
    }

    private long over(Window window) {
        return used(window) + Account.cost(window, charges.tokens().orElse(0)) - amount(window);
    }

    private Optional<Quota.Level> level(Window window) {
        if (!limits.containsKey(window)) {
            return Optional.empty();
        }
        long limit = amount(window);
        return Optional.of(new Quota.Level(limit, limit - used(window), used(window) * window.millis() / limit));
    }

    private long amount(Window window) {
        return Optional.ofNullable(limits.get(window)).orElseThrow();
    }

    private long used(Window window) {
        return Optional.ofNullable(outcome.used().get(window)).orElseThrow();
    }
}
