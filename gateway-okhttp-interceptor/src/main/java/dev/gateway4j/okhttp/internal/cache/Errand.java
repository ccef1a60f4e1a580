package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.okhttp.internal.cache.flight.Journey;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Embedded;
import dev.gateway4j.okhttp.internal.cache.shape.Examination;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets the answer to one question, from a similar one or from upstream, and keeps it if it may be kept. Carried by one flight. */
final class Errand implements Journey {
    private final CacheBook book;
    private final Likeness.Asked asked;
    private final @Nullable Likeness likeness;
    private final CallScope opener;
    private final Outbox outbox;
    private boolean attended = true;
    private @Nullable String notKept;
    private String callId = "";
    private @Nullable Embedded question;
    private Likeness.@Nullable Match measured;

    /**
     * @param likeness finds similar questions; null if none counts
     */
    Errand(CacheBook book, Likeness.Asked asked, @Nullable Likeness likeness) {
        this.book = book;
        this.asked = asked;
        this.likeness = likeness;
        this.opener = asked.scope();
        this.outbox = new Outbox(book);
    }

    /** The same, of whose outcome nobody's report is told. */
    Errand unattended() {
        attended = false;
        return this;
    }

    @Override
    public Answer depart(Upstream upstream) throws IOException {
        callId = upstream.id();
        Answer there = asked.identity().policy().refresh() ? null : there();
        if (there != null) {
            return there;
        }
        Answer similar = likeness == null ? null : similar(likeness);
        return similar != null
                ? similar
                : Answer.upstream(upstream.ask(asked.chain().request()));
    }

    /** The answer may have landed between the look-up and the boarding: then the flight that brought it could not be boarded any more. */
    private @Nullable Answer there() {
        try {
            Kept kept = book.findInMemory(asked.identity().key());
            long now = book.time().nanos();
            if (kept == null || !kept.isFresh(now) || isTooOld(kept, now)) {
                return null;
            }
            Given given = book.given(kept, asked.form());
            return given == null
                    ? null
                    : new Answer(
                            CachedResponses.instant(
                                    asked.chain().request(),
                                    given,
                                    book.time().now().toEpochMilli()),
                            Optional.of(book.outcome(CacheStatus.HIT, kept, now)),
                            kept.answer().model());
        } catch (RuntimeException e) {
            book.failed("look up an answer again", e);
            return null;
        }
    }

    private boolean isTooOld(Kept kept, long now) {
        return asked.identity()
                .policy()
                .maxAge()
                .filter(maxAge -> kept.ageNanos(now) > maxAge.toNanos())
                .isPresent();
    }

    private @Nullable Answer similar(Likeness like) {
        Embedded embedded = like.embed(asked);
        question = embedded;
        if (embedded == null || !attended || asked.identity().policy().refresh()) {
            return null;
        }
        Likeness.Match match = like.find(asked, embedded);
        if (match == null) {
            return null;
        }
        if (like.isShadow()) {
            measured = match;
            return null;
        }
        like.sample(asked, embedded, match);
        long now = book.time().now().toEpochMilli();
        return new Answer(
                CachedResponses.instant(asked.chain().request(), match.given(), now),
                Optional.of(like.outcome(match)),
                match.kept().answer().model());
    }

    @Override
    public void landed(Landed landed) {
        try {
            Examination examination = Examination.of(landed, book.config(), asked.choices());
            if (examination instanceof Examination.Fit fit) {
                keep(fit);
            } else if (examination instanceof Examination.Unfit unfit) {
                notKept(unfit.reason());
            }
        } catch (RuntimeException e) {
            book.failed("keep an answer", e);
            notKept("the cache failed");
        }
    }

    @Override
    public void overflowed() {
        notKept("too large");
    }

    private void keep(Examination.Fit fit) {
        Embedded embedded = question;
        long vector = Comparison.bytes(embedded);
        CacheBook.Origin origin =
                new CacheBook.Origin(asked.identity(), opener.facts(), callId, outbox.invalidations(), vector);
        if (!book.keep(origin, fit.answer(), outbox)) {
            notKept("invalidated meanwhile");
            return;
        }
        if (likeness != null && embedded != null) {
            likeness.kept(embedded, asked.identity().key());
        }
        if (likeness != null && measured != null) {
            likeness.measure(asked, measured, fit.answer());
        }
    }

    private void notKept(String reason) {
        book.figures().notKept(reason);
        notKept = reason;
    }

    @Override
    public Optional<String> notKept() {
        return Optional.ofNullable(notKept);
    }

    @Override
    public void afterwards() {
        outbox.send();
    }
}
