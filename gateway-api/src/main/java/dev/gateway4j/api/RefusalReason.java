package dev.gateway4j.api;

import java.util.Locale;

/**
 * Why the gateway itself answered a call. Each reason has one HTTP status and one {@code error.code}, so that every OpenAI SDK maps it to
 * a type of its own. This is the only table.
 */
public enum RefusalReason {
    /** A rule about the request failed. */
    INVALID_REQUEST(400, "gateway_invalid_request", "invalid_request_error"),
    /** The request body is over {@code max_body_bytes}. */
    BODY_TOO_LARGE(413, "gateway_body_too_large", "invalid_request_error"),
    /** No usable key in this environment. */
    NO_KEY(401, "gateway_no_key", "authentication_error"),
    /** The budget would be overshot. */
    BUDGET_EXCEEDED(402, "gateway_budget_exceeded", "budget_error"),
    /** The model has no price and the policy refuses such calls. */
    UNPRICED(402, "gateway_unpriced", "budget_error"),
    /** A host, an environment or a key that this gateway does not let the call use. */
    ISOLATION(403, "gateway_isolation", "permission_error"),
    /** Replay found no cassette. */
    NO_CASSETTE(404, "gateway_no_cassette", "not_found_error"),
    /** Replay found a cassette that does not fit the request. */
    CASSETTE_MISMATCH(409, "gateway_cassette_mismatch", "conflict_error"),
    /** Our own rate limit. */
    RATE_LIMITED(429, "gateway_rate_limited", "rate_limit_error"),
    /** A content rule blocked the call. */
    CONTENT_REFUSED(451, "gateway_content_refused", "invalid_request_error"),
    /** {@code only-if-cached} missed. */
    NOT_CACHED(504, "gateway_not_cached", "not_found_error"),
    /** No attempt got any answer. */
    UPSTREAMS_EXHAUSTED(502, "gateway_upstreams_exhausted", "api_error"),
    /** Nothing to try now. */
    CIRCUIT_OPEN(503, "gateway_circuit_open", "api_error");

    private final int status;
    private final String code;
    private final String type;

    RefusalReason(int status, String code, String type) {
        this.status = status;
        this.code = code;
        this.type = type;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The {@code error.code} of the body, such as {@code gateway_no_key}. */
    public String code() {
        return code;
    }

    /** The {@code error.type} of the body. */
    public String type() {
        return type;
    }

    /** The value of the {@code x-gateway-refusal} header, such as {@code no_key}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
