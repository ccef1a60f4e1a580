package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gateway4j.api.call.Usage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the usage out of a stream of chunks, or puts it in, without touching any other byte. What is taken out is what {@code
 * include_usage} brought in: the chunk without choices that has the usage, and {@code "usage":null} in the others. A usage beside choices
 * stays: a server that puts it there does so unasked.
 */
final class UsageIn {
    private static final byte[] NAME = "\"usage\"".getBytes(StandardCharsets.US_ASCII);

    private UsageIn() {}

    static Rendition removed(StoredAnswer answer) throws UnconvertibleException {
        byte[] body = answer.body();
        if (Bytes.indexOf(body, 0, body.length, NAME) < 0) {
            return new Rendition(answer.contentType(), body, answer.ends(), answer.atNanos());
        }
        List<Event> events = Renditions.events(answer);
        Rewriter out = new Rewriter(answer, events.size());
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            if (event.contains(NAME)) {
                if (!event.inPlace()) {
                    throw new UnconvertibleException("a chunk has its usage in several lines");
                }
                remove(event, out);
            }
            out.eventEnds(i);
        }
        return out.rendition();
    }

    private static void remove(Event event, Rewriter out) throws UnconvertibleException {
        try (JsonParser json = Json.parser(event.data(), event.from(), event.length())) {
            Found found = find(event, json);
            if (found.isChunk) {
                out.drop(event.start(), event.end());
            } else if (found.to > found.from) {
                out.drop(event.from() + found.from, event.from() + found.to);
            }
        } catch (IOException e) {
            throw new UnconvertibleException("a chunk is no JSON");
        }
    }

    /** What a chunk says of usage: it is there for it alone, or it has an empty member of that name between these places. */
    private record Found(boolean isChunk, int from, int to) {}

    private static Found find(Event event, JsonParser json) throws IOException {
        boolean said = false;
        boolean noChoices = false;
        int from = 0;
        int to = 0;
        int before = -1; // where the member before ends
        boolean first = false; // the empty member came first, so what has to go reaches to the next one
        json.nextToken();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            int start = Json.start(json);
            to = first ? start : to;
            first = false;
            JsonToken value = json.nextToken();
            int valueStart = Json.start(json);
            int end = Json.skip(json);
            if (name.equals("usage") && value == JsonToken.VALUE_NULL) {
                first = before < 0;
                from = first ? start : before;
                to = end;
            }
            said |= name.equals("usage") && value == JsonToken.START_OBJECT;
            noChoices |= name.equals("choices") && isEmptyArray(event, valueStart, end);
            before = end;
        }
        return new Found(said && noChoices, from, to);
    }

    private static boolean isEmptyArray(Event event, int start, int end) {
        String text = new String(event.data(), event.from() + start, Math.min(end - start, 64), StandardCharsets.UTF_8);
        return text.startsWith("[")
                && text.endsWith("]")
                && text.substring(1, text.length() - 1).isBlank();
    }

    static Rendition added(StoredAnswer answer) throws UnconvertibleException {
        if (saysUsage(answer)) {
            return new Rendition(answer.contentType(), answer.body(), answer.ends(), answer.atNanos());
        }
        Usage usage = answer.usage().orElseThrow(() -> new UnconvertibleException("it did not say what it used"));
        List<Event> events = Renditions.events(answer);
        Node last = events.size() < 2 ? Node.Raw.ABSENT : json(events.get(events.size() - 2));
        return insert(answer, events, chunk(last, usage));
    }

    /** Looks from the end, since that is where it stands. */
    private static boolean saysUsage(StoredAnswer answer) throws UnconvertibleException {
        int[] ends = answer.ends();
        for (int i = ends.length - 1; i >= 0; i--) {
            int start = i == 0 ? 0 : ends[i - 1];
            if (Bytes.indexOf(answer.body(), start, Math.min(ends[i], answer.body().length), NAME) < 0) {
                continue;
            }
            byte[] part = Arrays.copyOfRange(answer.body(), start, ends[i]);
            for (Event event : Events.in(part).orElse(List.of())) {
                if (!event.isDone() && json(event).get("usage").isSomething()) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Node json(Event event) throws UnconvertibleException {
        return event.json()
                .filter(Node.Obj.class::isInstance)
                .orElseThrow(() -> new UnconvertibleException("a chunk is no JSON object"));
    }

    private static Node chunk(Node like, Usage usage) {
        Node.Obj chunk = new Node.Obj();
        for (String name : List.of("id", "object", "created", "model", "service_tier", "system_fingerprint")) {
            chunk.putIfPresent(name, like.get(name));
        }
        return chunk.put("choices", new Node.Arr()).put("usage", UsageNode.of(usage));
    }

    private static Rendition insert(StoredAnswer answer, List<Event> events, Node chunk) throws UnconvertibleException {
        int done = events.size() - 1;
        if (!events.get(done).isDone()) {
            throw new UnconvertibleException("it does not end as a stream of chunks");
        }
        int at = events.get(done).start();
        byte[] body = answer.body();
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 512);
        int[] ends = new int[events.size() + 1];
        long[] times = new long[events.size() + 1];
        System.arraycopy(answer.ends(), 0, ends, 0, done);
        System.arraycopy(answer.atNanos(), 0, times, 0, done);
        try {
            out.write(body, 0, at);
            out.writeBytes("data: ".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(Renditions.written(chunk));
            out.writeBytes("\n\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UnconvertibleException("it has text that cannot be written");
        }
        ends[done] = out.size();
        out.write(body, at, body.length - at);
        ends[done + 1] = out.size();
        times[done] = answer.lastNanos();
        times[done + 1] = answer.lastNanos();
        return new Rendition(answer.contentType(), out.toByteArray(), ends, times);
    }
}
