package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.okhttp.internal.cache.shape.Rendition;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer in memory, with the forms it was given in so far and its times on the gateway's clock. Immutable. */
final class Kept {
    /** What an entry takes beside its bytes, about: the objects around them and its place in the store. */
    private static final long OVERHEAD = 1_024;

    private final CacheEntryInfo info;
    private final StoredAnswer answer;
    private final Times times;
    private final long vectorBytes;
    private final Optional<CacheKey> key;
    private final @Nullable Given[] forms;

    /**
     * When an entry was made and how long it lasts, on the gateway's clock.
     *
     * @param storedNanos when it was kept
     * @param freshNanos until when it is given without asking upstream
     * @param keptNanos until when it may be given at all
     */
    record Times(long storedNanos, long freshNanos, long keptNanos) {}

    Kept(CacheEntryInfo info, StoredAnswer answer, Times times, long vectorBytes) {
        this(info, answer, times, vectorBytes, new Given[Form.values().length]);
    }

    private Kept(CacheEntryInfo info, StoredAnswer answer, Times times, long vectorBytes, @Nullable Given[] forms) {
        this.info = info;
        this.answer = answer;
        this.times = times;
        this.vectorBytes = vectorBytes;
        this.key = Optional.of(info.key());
        this.forms = forms;
    }

    CacheEntryInfo info() {
        return info;
    }

    StoredAnswer answer() {
        return answer;
    }

    Times times() {
        return times;
    }

    /** Its key, in the shape that outcomes want. */
    Optional<CacheKey> key() {
        return key;
    }

    boolean isFresh(long nanos) {
        return nanos - times.freshNanos() < 0;
    }

    boolean isOver(long nanos) {
        return nanos - times.keptNanos() >= 0;
    }

    long ageNanos(long nanos) {
        return Math.max(0, nanos - times.storedNanos());
    }

    /** This form, if it was made before. */
    @Nullable
    Given ready(Form form) {
        return forms[form.index()];
    }

    /** This form, made now; null if the answer cannot be given so. */
    @Nullable
    Given make(Form form) {
        Rendition rendition = answer.as(form.stream(), form.usage()).orElse(null);
        return rendition == null ? null : new Given(answer, rendition);
    }

    /** This entry, which remembers that form. */
    Kept with(Form form, Given given) {
        @Nullable Given[] all = forms.clone();
        all[form.index()] = given;
        return new Kept(info, answer, times, vectorBytes, all);
    }

    /** How many bytes it takes in memory, about. */
    long bytes() {
        long bytes = OVERHEAD + answer.body().length + 4L * answer.ends().length + 8L * answer.atNanos().length;
        for (Given given : forms) {
            bytes += given == null ? 0 : given.extraBytes(answer);
        }
        return bytes + vectorBytes;
    }
}
