package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.api.openai.Redaction;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which headers are saved: of requests those that are known to be harmless, of responses all but those that are known not to be. */
final class SafeHeaders {
    private static final Set<String> REQUEST = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "anthropic-beta",
            "anthropic-version",
            "content-encoding",
            "content-language",
            "content-length",
            "content-type",
            "openai-beta",
            "range",
            "transfer-encoding",
            "user-agent",
            "x-amzn-bedrock-accept");
    private static final Set<String> NOT_OF_RESPONSE = Set.of(
            "anthropic-organization-id",
            "baggage",
            "cf-ray",
            "nel",
            "openai-organization",
            "openai-project",
            "report-to",
            "reporting-endpoints",
            "request-context",
            "sentry-trace",
            "set-cookie2",
            "traceparent",
            "tracestate",
            "uber-trace-id",
            "x-amz-cf-id",
            "x-amzn-trace-id",
            "x-cloud-trace-context",
            "x-ms-deployment-name",
            "x-trace-id",
            "x-vercel-id");
    private static final List<String> NOT_OF_RESPONSE_AT_ALL = List.of("b3", "x-b3-", "x-datadog-", "x-ot-span");

    private final Set<String> request;

    /** With these headers of requests besides. */
    SafeHeaders(List<String> besides) {
        request = Stream.concat(REQUEST.stream(), besides.stream().map(name -> name.toLowerCase(Locale.ROOT)))
                .filter(name -> !isCredential(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean ofRequest(String name) {
        return request.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean ofResponse(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return !NOT_OF_RESPONSE.contains(small)
                && !isCredential(small)
                && NOT_OF_RESPONSE_AT_ALL.stream().noneMatch(small::startsWith);
    }

    private static boolean isCredential(String name) {
        return Redaction.isSecretHeader(name) || Words.isCredential(Words.plain(name));
    }
}
