package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.openai.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Says which headers of a request count. A compatible upstream may read any header, so all do but those that are known to say nothing about
 * the answer: one that counts for nothing costs hits, one that does not count gives wrong answers.
 */
final class CountedHeaders {
    private static final Set<String> SILENT = Set.of(
            // the form of the message, and the way it takes
            "accept",
            "accept-charset",
            "accept-encoding",
            "cache-control",
            "connection",
            "content-length",
            "content-type",
            "date",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "origin",
            "pragma",
            "priority",
            "referer",
            "te",
            "transfer-encoding",
            "user-agent",
            "via",
            // another one for each call
            "baggage",
            "idempotency-key",
            "request-id",
            "traceparent",
            "tracestate",
            "uber-trace-id",
            "b3",
            "x-amzn-trace-id",
            "x-client-request-id",
            "x-cloud-trace-context",
            "x-correlation-id",
            "x-ms-client-request-id",
            "x-request-id",
            "x-request-start",
            // the gateway takes them off
            "x-cassette-name",
            "openai-organization",
            "openai-project");

    private static final List<String> SILENT_BEGINNINGS =
            List.of("sec-", "x-b3-", "x-datadog-", "x-forwarded-", "x-gateway-", "x-stainless-");

    private CountedHeaders() {}

    static boolean counts(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !SILENT.contains(lower)
                && SILENT_BEGINNINGS.stream().noneMatch(lower::startsWith)
                && !Redaction.isSecretHeader(lower);
    }
}
