package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a request says, whether it is live or recorded. Immutable and thread-safe. */
final class Asked {
    private final String cassette;
    private final String method;
    private final String path;
    private final String query;
    private final String contentType;
    private final Fields headers;
    private final Extras extras;
    private final byte[] body;

    private Asked(
            String cassette,
            String method,
            String path,
            String query,
            String contentType,
            Fields headers,
            Extras extras,
            byte[] body) {
        this.cassette = cassette;
        this.method = method;
        this.path = path;
        this.query = query;
        this.contentType = contentType;
        this.headers = headers;
        this.extras = extras;
        this.body = body;
    }

    /** A live one; {@code names} are the headers that matter. */
    static Asked of(WireRequest request, List<String> names) {
        return new Asked(
                "",
                request.method(),
                request.path(),
                request.query(),
                request.headers().first("Content-Type").orElse(""),
                names.isEmpty() ? Fields.none() : Fields.of(request.headers()),
                Extras.none(),
                request.body());
    }

    /** A recorded one. */
    static Asked of(String cassette, RecordedRequest request) {
        String target = target(request.url());
        int question = target.indexOf('?');
        return new Asked(
                cassette,
                request.method(),
                question < 0 ? target : target.substring(0, question),
                question < 0 ? "" : target.substring(question + 1),
                request.headers().first("Content-Type").orElse(""),
                request.headers(),
                request.extras(),
                request.body().bytes());
    }

    /** The URL without what comes before its path. */
    private static String target(String url) {
        String lower = url.substring(0, Math.min(url.length(), 8)).toLowerCase(Locale.ROOT);
        int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : -1;
        if (authority < 0) {
            return url;
        }
        int slash = url.indexOf('/', authority);
        return slash < 0 ? "" : url.substring(slash);
    }

    String cassette() {
        return cassette;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    String contentType() {
        return contentType;
    }

    /** Every value of a header. */
    List<String> header(String name) {
        List<String> values = new ArrayList<>();
        headers.values().forEach((key, list) -> {
            if (key.equalsIgnoreCase(name)) {
                values.addAll(list);
            }
        });
        return values;
    }

    Extras extras() {
        return extras;
    }

    /** Not to be modified. */
    byte[] body() {
        return body;
    }
}
