package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.CanonicalDocument;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.okhttp.internal.call.BaseUrls;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Everything that shapes the answer to a question, told to a {@link Sink} in a fixed order. Whatever is not told here is shared by all who ask
 * otherwise the same.
 *
 * @param version what the sum of it is for, and how it is told; another one is another key
 * @param environment the environment
 * @param call what was asked
 * @param partition who shares the answer
 * @param body the request in one spelling
 * @param ignored names of members that do not count
 * @param member a member that has another value, or is left out; -1 for none
 * @param value that value, in canonical spelling; null to leave the member out
 */
@SuppressWarnings("ArrayRecordComponent") // used once, never compared
record Ingredients(
        String version,
        String environment,
        CallFacts call,
        Partition partition,
        CanonicalDocument body,
        Set<String> ignored,
        int member,
        byte @Nullable [] value) {
    private static final byte[] STREAM_OPTIONS = "stream_options".getBytes(StandardCharsets.US_ASCII);

    /** These with another value of a member. */
    Ingredients with(String purpose, int changed, byte @Nullable [] to) {
        return new Ingredients(purpose, environment, call, partition, body, ignored, changed, to);
    }

    /** These without a member. */
    Ingredients without(int left) {
        return with(version, left, null);
    }

    void tell(Sink sink) {
        sink.part(Part.VERSION, version);
        sink.part(Part.ENVIRONMENT, environment);
        sink.part(Part.PARTITION, partition.kind());
        sink.part(Part.TENANT, partition.tenant().orElse(null));
        sink.part(Part.USER, partition.user().orElse(null));
        sink.part(Part.NAMESPACE, partition.namespace().orElse(null));
        upstream(call.upstream(), sink);
        sink.part(Part.METHOD, call.method());
        sink.part(Part.ENDPOINT, call.endpoint());
        sink.part(Part.PATH, path());
        tags(call.tags(), sink);
        query(call.original().url().encodedQuery(), sink);
        headers(call.original().headers(), sink);
        boolean modelCounts = model(sink);
        members(modelCounts, sink);
    }

    private void upstream(Upstream upstream, Sink sink) {
        sink.part(Part.UPSTREAM, upstream.name());
        sink.part(Part.BASE_URL, upstream.baseUrl().toString());
        if (upstream.kind() == Upstream.Kind.AZURE) {
            sink.part(Part.API_VERSION, upstream.apiVersion().orElse(null));
            sink.part(
                    Part.DEPLOYMENT, call.modelSent().map(upstream::deployment).orElse(null));
        }
    }

    /**
     * The path below the base URL as it was asked, since it is sent as it is: it may name a deployment, or another version of the same
     * endpoint. What was asked at another address is sent to the path of its endpoint.
     */
    private String path() {
        HttpUrl asked = call.original().url();
        HttpUrl base = BaseUrls.of(call.upstream());
        if (!BaseUrls.sameOrigin(asked, base) || !BaseUrls.isBelow(asked, base)) {
            return below(call.endpoint());
        }
        String prefix = base.encodedPath();
        return asked.encodedPath().substring(prefix.endsWith("/") ? prefix.length() - 1 : prefix.length());
    }

    /** The path of an endpoint below a base URL. */
    static String below(String endpoint) {
        return endpoint.startsWith("/v1/") ? endpoint.substring("/v1".length()) : endpoint;
    }

    /** What answers in place of an upstream sees the model that was asked for, and may be told which cassette to take. */
    private void tags(CallTags tags, Sink sink) {
        sink.part(Part.ANSWER, call.answer().name());
        sink.part(Part.CASSETTE, tags.cassette().orElse(null));
        sink.part(Part.KEY, tags.key().orElse(null));
        sink.part(Part.ROUTE, tags.route().orElse(null));
    }

    private static void query(@Nullable String query, Sink sink) {
        if (query == null) {
            return;
        }
        List<String> parameters =
                new ArrayList<>(Arrays.asList(Redaction.query(query).split("&", -1)));
        parameters.sort(Comparator.comparing(Ingredients::parameterName));
        for (String parameter : parameters) {
            String name = parameterName(parameter);
            if (!parameter.isEmpty()) {
                sink.named(Part.QUERY, name, parameter.substring(name.length()));
            }
        }
    }

    private static String parameterName(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0 ? parameter : parameter.substring(0, equals);
    }

    private static void headers(Headers headers, Sink sink) {
        List<String> names = List.of();
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            if (CountedHeaders.counts(name)) {
                names = names.isEmpty() ? new ArrayList<>() : names;
                names.add(name.toLowerCase(Locale.ROOT));
            }
        }
        names.stream().distinct().sorted().forEach(name -> headers.values(name)
                .forEach(value -> sink.named(Part.HEADER, name, value)));
    }

    /** Tells the model that is sent; answers whether the member of that name has to be told as well, because it is no name of a model. */
    private boolean model(Sink sink) {
        sink.part(Part.MODEL, call.modelSent().orElse(null));
        if (!call.leaves()) {
            sink.part(Part.MODEL_ASKED, call.modelAsked().orElse(null));
        }
        int model = body.find("model");
        return model >= 0 && body.bytes()[body.start(model)] != '"';
    }

    private void members(boolean modelCounts, Sink sink) {
        byte[] bytes = body.bytes();
        for (int i = 0; i < body.members(); i++) {
            int nameStart = body.nameStart(i);
            int nameEnd = body.nameEnd(i);
            if (i == member) {
                changed(sink, nameStart, nameEnd);
            } else if (Walk.is(bytes, nameStart, nameEnd, "stream_options")) {
                streamOptions(i, sink);
            } else if (counts(i, nameStart, nameEnd, modelCounts)) {
                sink.member(bytes, nameStart, nameEnd, bytes, body.start(i), body.end(i));
            }
        }
    }

    private void changed(Sink sink, int nameStart, int nameEnd) {
        if (value != null) {
            sink.member(body.bytes(), nameStart, nameEnd, value, 0, value.length);
        }
    }

    private boolean counts(int i, int nameStart, int nameEnd, boolean modelCounts) {
        byte[] bytes = body.bytes();
        if (Walk.is(bytes, nameStart, nameEnd, "model")) {
            return modelCounts;
        }
        if (Walk.is(bytes, nameStart, nameEnd, "stream")) {
            return !isTruth(body.start(i), body.end(i)); // what is no yes or no the upstream refuses
        }
        return ignored.isEmpty() || !ignored.contains(body.name(i));
    }

    private boolean isTruth(int start, int end) {
        byte[] bytes = body.bytes();
        return Walk.is(bytes, start, end, "true")
                || Walk.is(bytes, start, end, "false")
                || Walk.is(bytes, start, end, "null");
    }

    /** Without the wish for usage, and not at all if that was the only one. */
    private void streamOptions(int i, Sink sink) {
        byte[] bytes = body.bytes();
        int start = body.start(i);
        if (bytes[start] != '{') {
            if (!Walk.is(bytes, start, body.end(i), "null")) {
                sink.member(STREAM_OPTIONS, 0, STREAM_OPTIONS.length, bytes, start, body.end(i));
            }
            return;
        }
        byte[] rest = new byte[body.end(i) - start + 1];
        int length = 0;
        Walk each = new Walk(bytes, start);
        while (each.nextMember()) {
            if (!Walk.is(bytes, each.nameStart(), each.nameEnd(), "include_usage")
                    || !isTruth(each.start(), each.end())) {
                rest[length] = (byte) (length == 0 ? '{' : ',');
                int count = each.end() - each.nameStart() + 1;
                System.arraycopy(bytes, each.nameStart() - 1, rest, length + 1, count);
                length += count + 1;
            }
        }
        if (length > 0) {
            rest[length++] = '}';
            sink.member(STREAM_OPTIONS, 0, STREAM_OPTIONS.length, rest, 0, length);
        }
    }
}
