package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.openai.AnswerReader;
import dev.gateway4j.okhttp.internal.cache.shape.Examination.Fit;
import dev.gateway4j.okhttp.internal.cache.shape.Examination.Unfit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Examines one answer. */
final class Examiner {
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final Landed landed;
    private final CacheConfig config;
    private final Dialect dialect;
    private final boolean keepCut;
    private final long choices;

    Examiner(Landed landed, CacheConfig config, long choices) {
        this.choices = choices;
        this.landed = landed;
        this.config = config;
        this.dialect = Dialect.of(landed.endpoint());
        this.keepCut = config.truncated() == CacheConfig.Truncated.KEEP;
    }

    Examination examine() {
        Optional<String> outside = outside();
        if (outside.isPresent()) {
            return new Unfit(outside.get());
        }
        return mediaType().equals(EVENTS) ? stream() : plain();
    }

    /** What speaks against it before its body is looked at. */
    private Optional<String> outside() {
        if (landed.status() != 200) {
            return Optional.of(NotKept.STATUS);
        }
        if (dialect == Dialect.OTHER) {
            return Optional.of(NotKept.ENDPOINT);
        }
        if (landed.contentEncoding().isPresent()
                && !landed.contentEncoding().get().equalsIgnoreCase("identity")) {
            return Optional.of(NotKept.ENCODED);
        }
        if (!mediaType().equals(JSON) && !(mediaType().equals(EVENTS) && dialect.streams())) {
            return Optional.of(NotKept.TYPE);
        }
        return landed.body().length > config.maxEntryBytes() ? Optional.of(NotKept.TOO_LARGE) : Optional.empty();
    }

    private String mediaType() {
        String type = landed.contentType().orElse("");
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private Examination plain() {
        Optional<Node> answer = Json.read(landed.body());
        if (answer.isEmpty() || !(answer.get() instanceof Node.Obj)) {
            return new Unfit(NotKept.NOT_UNDERSTOOD);
        }
        Optional<String> reason = dialect.examine(answer.get(), keepCut, choices);
        if (reason.isPresent()) {
            return new Unfit(reason.get());
        }
        int[] ends = {landed.body().length};
        return fit(false, ends, new long[] {Arrival.of(landed).at(landed.body().length)});
    }

    private Examination stream() {
        Optional<List<Event>> events = Events.in(landed.body());
        if (events.isEmpty()) {
            return new Unfit(NotKept.NOT_UNDERSTOOD);
        }
        StreamExam exam = dialect == Dialect.RESPONSES
                ? new ResponseStreamExam(keepCut)
                : new ChunkExam(keepCut, dialect, choices);
        for (Event event : events.get()) {
            Optional<String> reason = exam.isOver() ? Optional.of(NotKept.AFTER_THE_END) : exam.event(event);
            if (reason.isPresent()) {
                return new Unfit(reason.get());
            }
        }
        Optional<String> reason = exam.end();
        if (reason.isPresent()) {
            return new Unfit(reason.get());
        }
        return kept(events.get());
    }

    private Examination kept(List<Event> events) {
        int last = events.size() - 1;
        if (!Events.onlyCommentsFrom(landed.body(), events.get(last).end())) {
            return new Unfit(NotKept.AFTER_THE_END);
        }
        int[] ends = new int[events.size()];
        long[] times = new long[events.size()];
        Arrival arrival = Arrival.of(landed);
        for (int i = 0; i <= last; i++) {
            ends[i] = events.get(i).end();
            times[i] = arrival.at(ends[i]);
        }
        ends[last] = landed.body().length;
        return fit(true, ends, times);
    }

    /** What accounting reads has to agree that the answer is whole. */
    private Examination fit(boolean stream, int[] ends, long[] times) {
        AnswerReader reader = AnswerReader.forBody(landed.endpoint(), stream);
        reader.feed(landed.body(), 0, landed.body().length);
        reader.finish();
        if (reader.malformed() || reader.failed() || !reader.complete()) {
            return new Unfit(NotKept.NOT_UNDERSTOOD);
        }
        return new Fit(new StoredAnswer(
                landed.endpoint(),
                landed.contentType().orElseThrow(),
                landed.requestId(),
                stream,
                landed.body(),
                ends,
                times,
                reader.model(),
                reader.usage()));
    }
}
