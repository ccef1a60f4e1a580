package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.cassette.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a body is packed, by what its headers say. What cannot be unpacked cannot be looked into. */
final class Packed {
    private static final List<String> GZIP = List.of("gzip", "x-gzip");
    private static final String DEFLATE = "deflate";

    private final byte[] body;
    private final List<String> codings;

    private Packed(byte[] body, List<String> codings) {
        this.body = body;
        this.codings = codings;
    }

    static Packed of(byte[] body, Fields headers) {
        return of(body, headers.first("Content-Encoding"));
    }

    static Packed of(byte[] body, Optional<String> encoding) {
        List<String> codings = Arrays.stream(encoding.orElse("").split(",", -1))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
        return new Packed(body, codings);
    }

    /** What stands under {@code deflate}; gzip is known by its looks, wherever it stands. */
    Optional<byte[]> inflated() {
        return codings.equals(List.of(DEFLATE)) ? Zips.inflated(body) : Optional.empty();
    }

    Erased erased(Eraser eraser, boolean form) {
        Optional<byte[]> inflated = inflated();
        if (inflated.isEmpty()) {
            return eraser.body(body, form);
        }
        byte[] clean = eraser.body(inflated.get(), form).bytes();
        return clean == inflated.get() ? Erased.nothing(body) : Erased.all(body, Zips.deflated(clean, body));
    }

    /** Why nobody can look into the body; empty if one can. */
    Optional<String> objection() {
        if (body.length == 0 || codings.isEmpty()) {
            return Optional.empty();
        }
        boolean gzip = codings.size() == 1 && GZIP.contains(codings.get(0));
        if (gzip && (Zips.isGzip(body) || Eraser.utf8(body).isPresent())) {
            return Optional.empty(); // it is opened, or was
        }
        return inflated().isPresent()
                ? Optional.empty()
                : Optional.of("is compressed (" + String.join(", ", codings)
                        + ") in a way that cannot be looked into for secrets; let the caller send no Accept-Encoding of its own, "
                        + "then OkHttp asks for gzip and unpacks it");
    }
}
