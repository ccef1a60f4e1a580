package dev.gateway4j.cassette.internal.match;

import java.util.Arrays;
import java.util.List;

/** A recorded request as a key. Two are equal only if every live request matches both or neither; they may be unequal and still do. */
final class Twin {
    private final Question recorded;
    private final List<List<String>> headers;
    private final boolean spelled;
    private final long hash;

    /** {@code spelled} is true if only the one spelling of the body counts, and not its bytes. */
    Twin(Question recorded, List<List<String>> headers, boolean spelled) {
        this.recorded = recorded;
        this.headers = headers;
        this.spelled = spelled;
        Body body = recorded.body();
        this.hash = spelled ? body.hash() : Hash.of(body.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Twin that
                && hash == that.hash
                && spelled == that.spelled
                && headers.equals(that.headers)
                && recorded.target().equals(that.recorded.target())
                && sameWords(recorded.asked(), that.recorded.asked())
                && sameBody(recorded.body(), that.recorded.body());
    }

    private static boolean sameWords(Asked one, Asked other) {
        return one.method().equals(other.method())
                && one.path().equals(other.path())
                && one.query().equals(other.query())
                && one.contentType().equals(other.contentType());
    }

    private boolean sameBody(Body one, Body other) {
        return one.parts().equals(other.parts())
                && (Arrays.equals(one.bytes(), other.bytes())
                        || (spelled && Arrays.equals(one.spelling(), other.spelling())));
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }
}
