package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Gives answers in the form that is wanted. */
final class Renditions {
    static final String JSON = "application/json";

    private Renditions() {}

    static Rendition of(StoredAnswer answer, boolean wantsStream, boolean wantsUsage) throws UnconvertibleException {
        if (answer.stream() == wantsStream) {
            return wantsStream ? sameStream(answer, wantsUsage) : asItIs(answer);
        }
        try {
            return wantsStream ? toStream(answer, wantsUsage) : toPlain(answer);
        } catch (IOException e) {
            throw new UnconvertibleException("it has text that cannot be written");
        }
    }

    private static Rendition asItIs(StoredAnswer answer) {
        return new Rendition(answer.contentType(), answer.body(), answer.ends(), answer.atNanos());
    }

    private static Rendition sameStream(StoredAnswer answer, boolean wantsUsage) throws UnconvertibleException {
        if (Dialect.of(answer.endpoint()) == Dialect.RESPONSES) {
            return asItIs(answer);
        }
        return wantsUsage ? UsageIn.added(answer) : UsageIn.removed(answer);
    }

    private static Rendition toPlain(StoredAnswer answer) throws UnconvertibleException, IOException {
        List<Event> events = events(answer);
        byte[] body =
                switch (Dialect.of(answer.endpoint())) {
                    case CHAT -> written(new ChunksToPlain(true).convert(events, answer.usage()));
                    case COMPLETIONS -> written(new ChunksToPlain(false).convert(events, answer.usage()));
                    case RESPONSES -> ResponseEvents.lastResponse(events);
                    default -> throw new UnconvertibleException("answers of this endpoint have one form");
                };
        return new Rendition(JSON, body, new int[] {body.length}, new long[] {answer.lastNanos()});
    }

    private static Rendition toStream(StoredAnswer answer, boolean wantsUsage)
            throws UnconvertibleException, IOException {
        if (!(Json.read(answer.body()).orElse(Node.Raw.ABSENT) instanceof Node.Obj plain)) {
            throw new UnconvertibleException("it is no JSON object");
        }
        StreamWriter out = new StreamWriter();
        switch (Dialect.of(answer.endpoint())) {
            case CHAT -> new PlainToChunks(out, true).write(plain, wantsUsage, answer.usage());
            case COMPLETIONS -> new PlainToChunks(out, false).write(plain, wantsUsage, answer.usage());
            case RESPONSES -> new PlainToEvents(out).write(plain);
            default -> throw new UnconvertibleException("answers of this endpoint have one form");
        }
        return out.rendition(answer.lastNanos());
    }

    /** The events of a stream, as many as it says it has. */
    static List<Event> events(StoredAnswer answer) throws UnconvertibleException {
        List<Event> events = Events.in(answer.body()).orElse(List.of());
        if (events.isEmpty() || events.size() != answer.ends().length) {
            throw new UnconvertibleException("it is not the stream it says it is");
        }
        return events;
    }

    static byte[] written(Node node) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = Json.generator(out)) {
            node.write(json);
        }
        return out.toByteArray();
    }
}
