package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer says about the key that asked. A pure table of status, error code and headers.
 *
 * @param fault what it blames
 * @param why the status and what the upstream called it, such as {@code 401 invalid_api_key}; never text that could hold a secret
 * @param cooling how long to wait, for what runs out and comes again
 */
record Verdict(Fault fault, String why, Duration cooling) {
    /** How long something rests of which the upstream does not say when it comes again. */
    static final Duration UNSAID = Duration.ofSeconds(5);

    private static final Set<String> ELSEWHERE = Set.of(
            "unsupported_country_region_territory",
            "ip_not_authorized",
            "ip_not_allowed",
            "ip_address_not_allowed",
            "resource_unavailable");
    private static final Set<String> MONEY = Set.of(
            "insufficient_quota", "credit_balance_exhausted", "billing_hard_limit_reached", "billing_not_active");

    /** What an answer blames. */
    enum Fault {
        /** Nothing: the key works. */
        NONE,
        /** Something that no other key would change. */
        ELSEWHERE,
        /** The key. */
        KEY,
        /** The key, for what was asked. */
        KEY_FOR_MODEL,
        /** The money behind the key. */
        MONEY,
        /** Too many calls. */
        REQUESTS,
        /** Too many tokens. */
        TOKENS;

        /** True if another key may do better. */
        boolean rotates() {
            return this != NONE && this != ELSEWHERE;
        }
    }

    /** True if the body of such an answer has to be looked at. */
    static boolean needsError(int status) {
        return status == 401 || status == 402 || status == 403 || status == 429;
    }

    static Verdict of(int status, ErrorAnswer error, LimitHeaders said) {
        Fault fault = fault(status, error, said);
        Duration cooling = fault == Fault.REQUESTS || fault == Fault.TOKENS ? cooling(fault, said) : Duration.ZERO;
        return new Verdict(
                fault, error.code().isEmpty() ? Integer.toString(status) : status + " " + error.code(), cooling);
    }

    private static Fault fault(int status, ErrorAnswer error, LimitHeaders said) {
        if (status >= 500 || status == 408 || status == 407) {
            return Fault.ELSEWHERE;
        }
        if (!needsError(status)) {
            return Fault.NONE;
        }
        if (ELSEWHERE.contains(error.code()) || error.isAboutAddress()) {
            return Fault.ELSEWHERE;
        }
        if (status == 402 || isMoney(error.code()) || isMoney(error.type())) {
            return Fault.MONEY;
        }
        if (status == 401) {
            return error.code().equals("missing_scope") || error.isAboutScopes() ? Fault.KEY_FOR_MODEL : Fault.KEY;
        }
        if (status == 403) {
            return error.isPage() ? Fault.ELSEWHERE : Fault.KEY_FOR_MODEL;
        }
        return error.isTooLarge() ? Fault.ELSEWHERE : kind(error, said);
    }

    private static boolean isMoney(String name) {
        return MONEY.contains(name) || name.endsWith("_spend_limit_exceeded") || name.endsWith("_usage_limit_exceeded");
    }

    private static Fault kind(ErrorAnswer error, LimitHeaders said) {
        if (error.type().equals("tokens")) {
            return Fault.TOKENS;
        }
        if (error.type().equals("requests")) {
            return Fault.REQUESTS;
        }
        boolean tokens = error.isAboutTokens() || (isEmpty(said.tokens()) && !isEmpty(said.requests()));
        return tokens ? Fault.TOKENS : Fault.REQUESTS;
    }

    private static boolean isEmpty(Optional<Reading> reading) {
        return reading.filter(left -> left.remaining() == 0).isPresent();
    }

    private static Duration cooling(Fault fault, LimitHeaders said) {
        Optional<Reading> reading = fault == Fault.TOKENS ? said.tokens() : said.requests();
        Duration wait =
                said.retryAfter().or(() -> reading.flatMap(Reading::reset)).orElse(UNSAID);
        return wait.compareTo(LimitHeaders.LONGEST) > 0 ? LimitHeaders.LONGEST : wait;
    }

    @Override
    public String toString() {
        return "Verdict[" + fault.name().toLowerCase(Locale.ROOT) + " " + why + "]";
    }
}
