package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Takes out of an exchange what must not be saved. The same input gives the same output in every run. Thread-safe. */
public final class Scrubber {
    private static final Set<String> ADDRESSES = Set.of("content-location", "location", "operation-location");
    private static final Set<String> TEXTS = Set.of("content-disposition", "link", "refresh");

    private final SafeHeaders headers;
    /** For most headers and other texts of the protocol, where nobody is called by name. */
    private final Eraser plain = new Eraser(Optional.empty());

    private final Eraser erasing;

    private Scrubber(CassetteConfig.Scrub settings) {
        this.headers = new SafeHeaders(settings.headers());
        this.erasing = new Eraser(People.of(settings));
    }

    /** A scrubber that follows these settings. */
    public static Scrubber of(CassetteConfig.Scrub settings) {
        return new Scrubber(settings);
    }

    /** The exchange as it may be saved. */
    public Interaction scrub(Interaction interaction) {
        return new Interaction(
                interaction.id(),
                request(interaction.request()),
                response(interaction.response()),
                extras(interaction.extras()));
    }

    /** A live request with URL and body as they would have been saved, so that it still matches its recording; itself if nothing changes. */
    public WireRequest scrub(WireRequest request) {
        String path = path(request.path());
        String endpoint = path(request.endpoint());
        String query = erasing.query(request.query());
        WireHeaders values = values(request.headers());
        byte[] body = Packed.of(request.body(), request.headers().first("Content-Encoding"))
                .erased(erasing, isForm(request.headers().first("Content-Type")))
                .bytes();
        boolean same = path.equals(request.path())
                && endpoint.equals(request.endpoint())
                && query.equals(request.query())
                && values.equals(request.headers())
                && body == request.body();
        return same
                ? request
                : new WireRequest(
                        request.callId(),
                        request.attempt(),
                        request.method(),
                        request.scheme(),
                        request.authority(),
                        path,
                        query,
                        endpoint,
                        values,
                        request.tags(),
                        body,
                        request.arrivedNanos());
    }

    private WireHeaders values(WireHeaders live) {
        WireHeaders.Builder clean = WireHeaders.builder();
        boolean changed = false;
        for (Map.Entry<String, String> header : live.entries()) {
            boolean saved = headers.ofRequest(header.getKey());
            String value = saved ? plain.text(header.getValue()) : header.getValue();
            changed |= !value.equals(header.getValue());
            clean.add(header.getKey(), value);
        }
        return changed ? clean.build() : live;
    }

    private RecordedRequest request(RecordedRequest request) {
        Address address = Address.of(request.url());
        Address clean = address(address, request.body());
        boolean form = isForm(request.headers().first("Content-Type"));
        Erased body = Packed.of(request.body().bytes(), request.headers()).erased(erasing, form);
        boolean same = body.bytes() == request.body().bytes();
        return new RecordedRequest(
                request.protocol(),
                same ? request.contentLength() : body.bytes().length,
                request.transferEncoding(),
                fields(request.trailer(), headers::ofRequest),
                host(request.host(), address),
                "",
                address(Address.of(request.requestUri()), request.body()).toString(),
                same ? request.body() : RecordedBody.of(body.bytes()),
                form(request.form(), address),
                length(fields(request.headers(), headers::ofRequest), same, body.bytes().length),
                clean.toString(),
                request.method(),
                extras(request.extras()));
    }

    private RecordedResponse response(RecordedResponse response) {
        Erased body = Packed.of(response.body().bytes(), response.headers()).erased(erasing, false);
        boolean same = body.bytes() == response.body().bytes();
        return new RecordedResponse(
                response.protocol(),
                response.transferEncoding(),
                fields(response.trailer(), headers::ofResponse),
                same ? response.contentLength() : body.bytes().length,
                response.uncompressed(),
                same ? response.body() : RecordedBody.of(body.bytes()),
                length(fields(response.headers(), headers::ofResponse), same, body.bytes().length),
                plain.text(response.status()),
                response.code(),
                response.duration(),
                extras(Chunks.moved(response.extras(), body)));
    }

    /** The host of an Azure resource, the name of a deployment and what its query says are nobody's business. */
    private Address address(Address address, RecordedBody body) {
        boolean deployment = Azure.isDeployment(address.path());
        String path = path(Azure.path(address.path(), body.bytes()));
        String query = address.query().isEmpty() || deployment
                ? ""
                : "?" + erasing.query(address.query().substring(1));
        boolean named = !address.authority().isEmpty();
        return new Address(address.scheme(), named ? host(address.authority(), address) : "", path, query);
    }

    /** Somebody may be called by name between two slashes, and credentials may have slashes in them. */
    private String path(String path) {
        return Arrays.stream(plain.text(path).split("/", -1)).map(erasing::text).collect(Collectors.joining("/"));
    }

    private String host(String authority, Address address) {
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        if (host.isEmpty()) {
            return host;
        }
        return Azure.isDeployment(address.path()) || Azure.isResource(host) ? Azure.HOST : plain.text(host);
    }

    /** Fields of a query that was dropped go with it. */
    private Fields form(Fields form, Address address) {
        Map<String, List<String>> clean = new LinkedHashMap<>();
        List<String> dropped = Azure.isDeployment(address.path()) ? names(address.query()) : List.of();
        form.values().forEach((name, values) -> {
            if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
                String plainName = Words.plain(name);
                boolean signed = Words.isSigned(plainName) && isSigned(form);
                boolean gone = signed || Words.isParameter(plainName);
                clean.put(
                        erasing.text(name),
                        values.stream()
                                .map(value -> gone && !Chars.isPlaceholder(value) ? Shapes.GONE : erasing.text(value))
                                .toList());
            }
        });
        return new Fields(clean);
    }

    private static boolean isSigned(Fields form) {
        return form.values().keySet().stream().map(Words::plain).anyMatch(Words::isSignature);
    }

    private static List<String> names(String query) {
        List<String> names = new ArrayList<>(List.of("api-version"));
        for (String parameter :
                query.isEmpty() ? new String[0] : query.substring(1).split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            names.add(View.percent(name, 0, name.length()).text().toLowerCase(Locale.ROOT));
        }
        return names;
    }

    private Fields fields(Fields fields, Predicate<String> saved) {
        Map<String, List<String>> clean = new LinkedHashMap<>();
        fields.values().forEach((name, values) -> {
            if (saved.test(name)) {
                clean.put(name, values.stream().map(value -> value(name, value)).toList());
            }
        });
        return new Fields(clean);
    }

    private String value(String name, String value) {
        String small = name.toLowerCase(Locale.ROOT);
        if (ADDRESSES.contains(small)) {
            Address address = Address.of(value);
            String query = address.query().isEmpty()
                    ? ""
                    : "?" + erasing.query(address.query().substring(1));
            return new Address(plain.text(address.scheme() + address.authority()), "", path(address.path()), query)
                    .toString();
        }
        return TEXTS.contains(small) ? erasing.text(value) : plain.text(value);
    }

    private static Fields length(Fields headers, boolean same, int length) {
        return same || headers.first("Content-Length").isEmpty()
                ? headers
                : headers.with("Content-Length", Integer.toString(length));
    }

    private static boolean isForm(Optional<String> contentType) {
        return contentType
                .filter(type -> type.toLowerCase(Locale.ROOT).contains("x-www-form-urlencoded"))
                .isPresent();
    }

    private Extras extras(Extras extras) {
        Map<String, Extras.Value> clean = new LinkedHashMap<>();
        extras.members().forEach((name, value) -> clean.put(name, value(name, value)));
        return Extras.of(clean);
    }

    private Extras.Value value(String name, Extras.Value value) {
        if (value instanceof Extras.Text text) {
            boolean gone = Words.isCredential(Words.plain(name)) && !Chars.isPlaceholder(text.text());
            String clean = gone ? Shapes.GONE : erasing.text(text.text());
            return clean.equals(text.text()) ? text : new Extras.Text(clean, text.plain());
        }
        if (value instanceof Extras.Items items) {
            return new Extras.Items(
                    items.items().stream().map(item -> value(name, item)).toList());
        }
        Map<String, Extras.Value> clean = new LinkedHashMap<>();
        ((Extras.Members) value).members().forEach((member, inner) -> clean.put(member, value(member, inner)));
        return new Extras.Members(clean);
    }
}
