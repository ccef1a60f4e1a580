package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.okhttp.internal.cache.flight.Journey;
import dev.gateway4j.okhttp.internal.cache.semantic.SemanticCache.Embedded;
import dev.gateway4j.okhttp.internal.cache.shape.Examination;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out, behind a call, whether the answer to a similar question was the right one. Carried by a flight with nobody on board. */
final class Comparison implements Journey {
    private final Likeness likeness;
    private final Likeness.Asked asked;
    private final Likeness.Match match;
    private final @Nullable Embedded question;
    private final @Nullable StoredAnswer known;
    private final Outbox outbox;
    private String callId = "";

    private Comparison(
            Likeness likeness,
            Likeness.Asked asked,
            Likeness.Match match,
            @Nullable Embedded question,
            @Nullable StoredAnswer known) {
        this.likeness = likeness;
        this.asked = asked;
        this.match = match;
        this.question = question;
        this.known = known;
        this.outbox = new Outbox(likeness.book());
    }

    /** Asks upstream first, and keeps what comes as the question's own answer. */
    static Comparison asking(Likeness likeness, Likeness.Asked asked, Embedded question, Likeness.Match match) {
        return new Comparison(likeness, asked, match, question, null);
    }

    /** With an answer that is there already. */
    static Comparison knowing(Likeness likeness, Likeness.Asked asked, Likeness.Match match, StoredAnswer answer) {
        return new Comparison(likeness, asked, match, null, answer);
    }

    /** What remembering a question takes in memory beside its answer: its vector and its text. */
    static long bytes(@Nullable Embedded question) {
        return question == null
                ? 0
                : Float.BYTES * (long) question.unit().length
                        + Character.BYTES * (long) question.question().text().length();
    }

    @Override
    public Answer depart(Upstream upstream) throws IOException {
        callId = upstream.id();
        if (known == null) {
            return Answer.upstream(upstream.ask(asked.chain().request()));
        }
        likeness.compare(asked, match.kept().answer(), known);
        return new Answer(
                CachedResponses.instant(asked.chain().request(), match.given(), 0),
                Optional.of(likeness.outcome(match)));
    }

    @Override
    public void landed(Landed landed) {
        if (!(Examination.of(landed, likeness.book().config(), asked.choices()) instanceof Examination.Fit fit)) {
            return;
        }
        CacheBook.Origin origin = new CacheBook.Origin(
                asked.identity(), asked.scope().facts(), callId, outbox.invalidations(), bytes(question));
        if (likeness.book().keep(origin, fit.answer(), outbox) && question != null) {
            likeness.kept(question, asked.identity().key());
        }
        likeness.compare(asked, match.kept().answer(), fit.answer());
    }

    @Override
    public void afterwards() {
        outbox.send();
    }
}
