package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A request as Envoy AI Gateway's test server prints it. */
final class RequestDump {
    private static final Set<String> REDACTED = Set.of(
            "authorization",
            "api-key",
            "openai-organization",
            "openai-project",
            "cookie",
            "b3",
            "traceparent",
            "tracestate",
            "x-b3-traceid",
            "x-b3-spanid",
            "x-b3-sampled",
            "x-b3-parentspanid",
            "x-b3-flags");

    /** What Go keeps apart from the headers. */
    private static final Set<String> NO_HEADERS = Set.of("host", "transfer-encoding", "trailer");

    private RequestDump() {}

    static String of(WireRequest request, String path) {
        StringBuilder dump = new StringBuilder("\n--- Actual Request Details ---\n");
        dump.append("Method:      ").append(request.method()).append('\n');
        dump.append("Path:        ").append(path).append('\n');
        dump.append("Query:       ").append(request.query()).append('\n');
        dump.append("\nHeaders:\n");
        headers(request).forEach((name, values) -> {
            boolean redacted = REDACTED.contains(name.toLowerCase(Locale.ROOT));
            for (String value : redacted ? List.of("[REDACTED]") : values) {
                dump.append("  ").append(name).append(": ").append(value).append('\n');
            }
        });
        dump.append("\nBody:\n  ").append(body(request.body())).append('\n');
        return dump.append("\n--- End Request Details ---\n").toString();
    }

    private static Map<String, List<String>> headers(WireRequest request) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Map.Entry<String, String> field : request.headers().entries()) {
            String name = Fields.canonical(field.getKey());
            if (!NO_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.computeIfAbsent(name, any -> new ArrayList<>()).add(field.getValue());
            }
        }
        return headers;
    }

    private static String body(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String trimmed = text.strip();
        return trimmed.startsWith("{") || trimmed.startsWith("[") ? text : GoText.quoted(body);
    }
}
