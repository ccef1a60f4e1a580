package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A body prepared for comparison. Immutable and thread-safe. */
final class Body {
    /** A longer spelling is made again when it is needed; a directory of large bodies would otherwise be in memory twice. */
    private static final int KEPT = 64 * 1024;

    private final byte[] bytes;
    private final BodyKind kind;
    private final BodyRules rules;
    private final Optional<String> otherwise;
    private final boolean json;
    private final Optional<String> model;
    private final byte @Nullable [] spelling;
    private final long hash;
    private final List<String> parts;
    private final boolean omitted;

    private Body(Asked asked, BodyRules rules, Optional<String> otherwise) {
        this.bytes = asked.body();
        this.kind = BodyKind.of(asked.contentType());
        this.rules = rules;
        this.otherwise = otherwise;
        Optional<Canonical.Spelling> canonical = Canonical.of(bytes, rules, otherwise);
        this.json = canonical.isPresent();
        this.model = canonical.flatMap(Canonical.Spelling::model);
        this.spelling = canonical
                .map(Canonical.Spelling::bytes)
                .filter(made -> made.length <= KEPT)
                .orElse(null);
        this.hash = Hash.of(canonical.map(Canonical.Spelling::bytes).orElse(bytes));
        this.omitted = (kind == BodyKind.PARTS || kind == BodyKind.UNSAID)
                && Arrays.equals(bytes, MultipartDigest.PLACEHOLDER.getBytes(StandardCharsets.US_ASCII));
        this.parts = kind == BodyKind.PARTS || omitted ? parts(asked, otherwise) : List.of();
    }

    /** The body of a request; {@code otherwise} is the model that counts if the body names none. */
    static Body of(Asked asked, BodyRules rules, Optional<String> otherwise) {
        return new Body(asked, rules, otherwise);
    }

    private static List<String> parts(Asked asked, Optional<String> otherwise) {
        List<String> noted = MultipartDigest.in(asked.extras());
        List<String> lines = noted.isEmpty() ? MultipartDigest.of(asked.contentType(), asked.body()) : noted;
        boolean unnamed =
                lines.stream().noneMatch(line -> MultipartDigest.name(line).equals("model"));
        if (lines.isEmpty() || !unnamed || otherwise.isEmpty()) {
            return MultipartDigest.sorted(lines);
        }
        List<String> more = new java.util.ArrayList<>(lines);
        more.add(MultipartDigest.field("model", otherwise.get()));
        return MultipartDigest.sorted(more);
    }

    BodyKind kind() {
        return kind;
    }

    /** Not to be modified. */
    byte[] bytes() {
        return bytes;
    }

    /** True if the bytes are JSON, whatever the type says. */
    boolean json() {
        return json;
    }

    /** The model that a JSON object names. */
    Optional<String> model() {
        return model;
    }

    /** A hash of the one spelling of a JSON body, or of the bytes of another. */
    long hash() {
        return hash;
    }

    /** The lines of a multipart body, sorted by name; empty if it has none or they are not known. */
    List<String> parts() {
        return parts;
    }

    /** True if it stands for a multipart body that was not saved. */
    boolean omitted() {
        return omitted;
    }

    /** The fields of a form. */
    List<Parameters.Parameter> fields() {
        return Parameters.ofForm(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The one spelling of a JSON body; not to be modified. */
    byte[] spelling() {
        return spelling != null
                ? spelling
                : Canonical.of(bytes, rules, otherwise)
                        .map(Canonical.Spelling::bytes)
                        .orElseThrow(() -> new IllegalStateException("the body is not JSON"));
    }

    /** How much of two bodies is the same at both ends, from 0 to 1; cheap, for thousands of them. */
    double likeness(Body other) {
        byte[] mine = spelling == null ? bytes : spelling;
        byte[] theirs = other.spelling == null ? other.bytes : other.spelling;
        int longer = Math.max(mine.length, theirs.length);
        int shorter = Math.min(mine.length, theirs.length);
        int head = Arrays.mismatch(mine, theirs);
        if (head < 0 || longer == 0) {
            return 1;
        }
        int tail = 0;
        int most = Math.min(shorter - head, KEPT);
        while (tail < most && mine[mine.length - 1 - tail] == theirs[theirs.length - 1 - tail]) {
            tail++;
        }
        return (head + tail) / (double) longer;
    }

    /** The tree of a JSON body. */
    JsonNode tree() {
        return Trees.of(bytes, otherwise);
    }
}
