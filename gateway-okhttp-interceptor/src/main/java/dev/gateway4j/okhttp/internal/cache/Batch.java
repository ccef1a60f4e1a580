package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.cache.key.Identity;
import dev.gateway4j.okhttp.internal.cache.shape.EmbeddingBatch;
import dev.gateway4j.okhttp.internal.cache.shape.Rendition;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** A request for several embeddings, and what is kept of them. Used by one call and by the flight that it opens. */
final class Batch {
    private static final String EMBEDDINGS = "/v1/embeddings";

    /** What still fits into an array. */
    private static final long MAX_BYTES = 1 << 30;

    private final CacheBook book;
    private final CallScope scope;
    private final Identity identity;
    private final EmbeddingBatch inputs;
    private final List<CacheKey> keys;
    private final @Nullable Kept[] found;
    private int count;

    private Batch(CacheBook book, CallScope scope, Identity identity, EmbeddingBatch inputs, List<CacheKey> keys) {
        this.book = book;
        this.scope = scope;
        this.identity = identity;
        this.inputs = inputs;
        this.keys = keys;
        this.found = new Kept[keys.size()];
    }

    /** Null unless the call asks for two embeddings or more. */
    static @Nullable Batch of(CacheBook book, CallScope scope, Identity identity) {
        CallFacts facts = scope.facts();
        if (!facts.endpoint().equals(EMBEDDINGS)) {
            return null;
        }
        List<CacheKey> keys = book.identities().inputs(facts, identity);
        if (keys.isEmpty()) {
            return null;
        }
        EmbeddingBatch inputs = facts.body().flatMap(EmbeddingBatch::of).orElse(null);
        return inputs == null || inputs.size() != keys.size() ? null : new Batch(book, scope, identity, inputs, keys);
    }

    /** Looks every input up; in the second level as long as that works and somebody waits for it. */
    void look() {
        long failures = failures();
        look(key -> asks(failures) ? book.find(key) : book.findInMemory(key));
    }

    private void look(Function<CacheKey, @Nullable Kept> finder) {
        long now = book.time().nanos();
        Duration maxAge = identity.policy().maxAge().orElse(null);
        for (int i = 0; i < found.length; i++) {
            if (found[i] != null) {
                continue;
            }
            Kept kept = finder.apply(keys.get(i));
            boolean usable =
                    kept != null && kept.isFresh(now) && (maxAge == null || kept.ageNanos(now) <= maxAge.toNanos());
            if (usable) {
                found[i] = kept;
                count++;
            }
        }
    }

    /** Looks again, in memory: what was missing may have come in the meantime. */
    void lookAgain() {
        look(book::findInMemory);
    }

    /** True as long as the second level works and somebody waits for it. */
    private boolean asks(long failures) {
        return failures() == failures && !scope.canceled() && book.time().nanos() < scope.deadlineNanos();
    }

    private long failures() {
        SecondLevel second = book.second();
        return second == null ? 0 : second.failures();
    }

    int size() {
        return found.length;
    }

    /** How many were found. */
    int found() {
        return count;
    }

    boolean isWhole() {
        return count == found.length;
    }

    /** The answer, if everything was found and belongs together. */
    Optional<StoredAnswer> whole() {
        List<StoredAnswer> singles = new ArrayList<>(found.length);
        for (Kept kept : found) {
            if (kept == null) {
                return Optional.empty();
            }
            singles.add(kept.answer());
        }
        return inputs.recombine(singles);
    }

    /** What is said about a call that is given the whole. */
    CacheOutcome hit(StoredAnswer whole) {
        long now = book.time().nanos();
        long age = 0;
        for (Kept kept : hits()) {
            age = Math.max(age, kept.ageNanos(now));
        }
        return CacheOutcome.of(CacheStatus.HIT, Optional.of(identity.key()))
                .withAge(Duration.ofNanos(age))
                .withSaved(whole.usage(), book.price(whole));
    }

    /** The whole as a response. */
    Response response(Request request, StoredAnswer whole) {
        Given given = new Given(whole, new Rendition(whole.contentType(), whole.body(), whole.ends(), whole.atNanos()));
        return CachedResponses.instant(request, given, book.time().now().toEpochMilli());
    }

    /** How large an answer to this many inputs may be. */
    long largest() {
        CacheConfig config = book.config();
        long each = Math.min(config.maxEntryBytes(), MAX_BYTES);
        long all = Math.min(each * size(), Math.min(config.maxBytes(), MAX_BYTES));
        return Math.max(config.maxEntryBytes(), all);
    }

    /** The answers that were found. */
    List<Kept> hits() {
        List<Kept> hits = new ArrayList<>(count);
        for (Kept kept : found) {
            if (kept != null) {
                hits.add(kept);
            }
        }
        return hits;
    }

    /** The request for those that were not found. */
    byte[] rest() {
        return inputs.request(missing());
    }

    private int[] missing() {
        return IntStream.range(0, found.length).filter(i -> found[i] == null).toArray();
    }

    /**
     * Keeps the answer to {@link #rest()}, each input by itself, and puts it together with what was found.
     *
     * @return empty if that cannot be done
     */
    Optional<StoredAnswer> complete(StoredAnswer rest, CacheBook.Origin origin, Outbox outbox) {
        int[] missing = missing();
        List<StoredAnswer> singles = inputs.split(rest, missing).orElse(List.of());
        if (singles.isEmpty()) {
            return Optional.empty();
        }
        List<StoredAnswer> all = new ArrayList<>(found.length);
        int next = 0;
        for (Kept kept : found) {
            all.add(kept != null ? kept.answer() : singles.get(next++));
        }
        for (int i = 0; i < missing.length; i++) {
            boolean unusedKept = book.keep(origin.under(keys.get(missing[i])), singles.get(i), outbox);
        }
        return count == 0 ? Optional.of(rest) : inputs.recombine(all);
    }

    /** What was found does not belong together, or not to what is answered now: as if it had never been found. */
    void forget() {
        for (int i = 0; i < found.length; i++) {
            Kept kept = found[i];
            if (kept != null) {
                book.discard(kept);
                found[i] = null;
            }
        }
        count = 0;
    }
}
