package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.cache.flight.Journey;
import dev.gateway4j.okhttp.internal.cache.shape.Examination;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Asks upstream for those embeddings of a batch that are not kept, and keeps each by itself. Carried by one flight. */
final class BatchErrand implements Journey {
    /** Says to everybody on board that he has to ask by himself. Not one of the headers that are taken off. */
    private static final String ASK_AGAIN = "gateway4j-ask-again";

    private static final String STRANGERS = "embeddings do not belong together";
    private static final String TOO_LARGE = "too large";

    private final CacheBook book;
    private final Likeness.Asked asked;
    private final Batch batch;
    private final CallScope opener;
    private final Outbox outbox;
    private @Nullable String notKept;
    private String callId = "";
    private boolean pieced;

    BatchErrand(CacheBook book, Likeness.Asked asked, Batch batch) {
        this.book = book;
        this.asked = asked;
        this.batch = batch;
        this.opener = asked.scope();
        this.outbox = new Outbox(book);
    }

    /** Why this is no answer, so that whoever got it has to ask by himself; null if it is one. */
    static @Nullable String whyNone(Response response) {
        return response.header(ASK_AGAIN);
    }

    @Override
    public long largest(long usual) {
        return batch.largest();
    }

    @Override
    public Answer depart(Upstream upstream) throws IOException {
        callId = upstream.id();
        Answer there = asked.identity().policy().refresh() ? null : there();
        if (there != null) {
            return there;
        }
        Request whole = asked.chain().request();
        if (batch.found() == 0) {
            return Answer.upstream(upstream.ask(whole));
        }
        RequestBody body = whole.body();
        Request rest = whole.newBuilder()
                .post(RequestBody.create(batch.rest(), body == null ? null : body.contentType()))
                .build();
        Response response = upstream.ask(rest);
        return Answer.upstream(response.code() == 200 ? pieced(response) : response);
    }

    /** What was missing may have landed before this flight was boarded. */
    private @Nullable Answer there() {
        try {
            batch.lookAgain();
            if (!batch.isWhole()) {
                return null;
            }
            StoredAnswer whole = batch.whole().orElse(null);
            if (whole == null) {
                batch.forget();
                return null;
            }
            return new Answer(
                    batch.response(asked.chain().request(), whole), Optional.of(batch.hit(whole)), whole.model());
        } catch (RuntimeException e) {
            book.failed("look up embeddings again", e);
            return null;
        }
    }

    /** The answer to the whole batch. */
    private Response pieced(Response response) throws IOException {
        pieced = true;
        try (ResponseBody body = response.body()) {
            if (body != null && body.source().request(batch.largest() + 1)) {
                return none(response, TOO_LARGE);
            }
            byte[] bytes = body == null ? new byte[0] : body.source().readByteArray();
            StoredAnswer whole = whole(response, bytes).orElse(null);
            if (whole == null) {
                return none(response, STRANGERS);
            }
            return response.newBuilder()
                    .removeHeader("Content-Length")
                    .body(ResponseBody.create(whole.body(), MediaType.parse(whole.contentType())))
                    .build();
        }
    }

    private Response none(Response response, String why) {
        batch.forget();
        return response.newBuilder()
                .header(ASK_AGAIN, why)
                .removeHeader("Content-Length")
                .body(ResponseBody.create(new byte[0], null))
                .build();
    }

    private Optional<StoredAnswer> whole(Response response, byte[] bytes) {
        try {
            Landed landed = new Landed(
                    opener.facts().endpoint(),
                    response.code(),
                    Optional.ofNullable(response.header("Content-Type")),
                    Optional.ofNullable(response.header("Content-Encoding")),
                    Optional.ofNullable(response.header("x-request-id")),
                    bytes,
                    new int[] {bytes.length},
                    new long[] {0});
            return complete(examined(landed));
        } catch (RuntimeException e) {
            book.failed("put embeddings together", e);
            return Optional.empty();
        }
    }

    private Optional<StoredAnswer> complete(Examination examination) {
        if (examination instanceof Examination.Fit fit) {
            CacheBook.Origin origin =
                    new CacheBook.Origin(asked.identity(), opener.facts(), callId, outbox.invalidations(), 0);
            return batch.complete(fit.answer(), origin, outbox);
        }
        return Optional.empty();
    }

    @Override
    public void landed(Landed landed) {
        if (pieced) {
            return;
        }
        try {
            Examination examination = examined(landed);
            if (examination instanceof Examination.Unfit unfit) {
                notKept(unfit.reason());
            } else if (complete(examination).isEmpty()) {
                notKept("not understood");
            }
        } catch (RuntimeException e) {
            book.failed("keep embeddings", e);
            notKept("the cache failed");
        }
    }

    @Override
    public void overflowed() {
        if (!pieced) {
            notKept(TOO_LARGE);
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

    private Examination examined(Landed landed) {
        return Examination.of(landed, upTo(batch.largest(), book.config()));
    }

    /** The bound of the settings is for single entries, and each embedding is one. */
    private static CacheConfig upTo(long largest, CacheConfig usual) {
        return new CacheConfig(
                usual.enabled(),
                usual.apply(),
                usual.ttl(),
                usual.maxBytes(),
                largest,
                usual.partition(),
                usual.sharedNamespaces(),
                usual.sampling(),
                usual.truncated(),
                usual.staleWhileRevalidate(),
                usual.staleWhileError(),
                usual.replay(),
                usual.maxWaiters(),
                usual.ignoredMembers(),
                usual.rules(),
                usual.semantic());
    }
}
