package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.fault.FaultText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One request on its way to a reply.
 *
 * @param request the request
 * @param path its path in one form
 * @param now when it arrived
 * @param chance its chance
 * @param ids its ids
 * @param requestId its {@code x-request-id}
 * @param strikes the faults that strike it; whoever handles the request may add some, which strike as if they had been there before
 * @param delay by how many nanoseconds a scenario lets its answer come later, whatever that is in the end
 */
public record Exchange(
        WireRequest request,
        ApiPath path,
        Instant now,
        Chance chance,
        Ids ids,
        String requestId,
        List<FaultText> strikes,
        AtomicLong delay) {
    private static final Set<String> NEW_FAMILY = Set.of(
            "responses",
            "conversations",
            "moderations",
            "batches",
            "uploads",
            "vector_stores",
            "fine_tuning",
            "containers",
            "evals",
            "assistants",
            "threads",
            "realtime");
    private static final Set<String> LINE_BREAK =
            Set.of("chat", "completions", "embeddings", "files", "models", "images");

    /** One that no fault strikes yet. */
    public Exchange(WireRequest request, ApiPath path, Instant now, Chance chance, Ids ids, String requestId) {
        this(request, path, now, chance, ids, requestId, new ArrayList<>(0), new AtomicLong());
    }

    /** When it arrived, in seconds since 1970. */
    public long seconds() {
        return now.getEpochSecond();
    }

    /** When it arrived, on the scale of the clock. */
    public long arrived() {
        return request.arrivedNanos();
    }

    /** True for the endpoints that came with the Responses API, whose JSON differs in small things. */
    public boolean newFamily() {
        return NEW_FAMILY.contains(segment(0));
    }

    /** True for the endpoints whose answers end with a line break. */
    public boolean endsWithLineBreak() {
        return LINE_BREAK.contains(segment(0));
    }

    /** True if it came by a path of Azure OpenAI. */
    public boolean azure() {
        return request.path().startsWith("/openai/");
    }

    /** The query as a tree. */
    public ObjectNode query() {
        return Query.parse(request.query());
    }

    /** The segment of the path after {@code /v1}, counted from 0; empty beyond the last. */
    public String segment(int index) {
        String[] segments = path.path().split("/", -1);
        return index + 2 < segments.length ? segments[index + 2] : "";
    }

    /** The part of the path after a prefix, up to the next slash. */
    public String segmentAfter(String prefix) {
        String rest = path.path().substring(prefix.length());
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
