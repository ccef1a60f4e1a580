package dev.gateway4j.simulator.internal.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.simulator.internal.memory.BoundedMap;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.Ask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the real API caches of prompts, and for how long: exact prefixes of 1,024 tokens and more, told apart by model and {@code
 * prompt_cache_key}. It changes what answers are billed and how soon they begin, never what they say. What is remembered are hashes, of
 * bounded number. Thread-safe; what a call finds depends on which came before, so equal answers in every run are promised for one thread.
 */
public final class PromptCache {
    private static final int REMEMBERED = 32_768;
    private static final int LEAST = 1_024;
    private static final int STEP = 128;
    /** What follows the last breakpoint of a prompt and is never cached. */
    private static final int AFTER_BREAKPOINT = 3;

    private static final long IDLE = Duration.ofMinutes(5).toNanos();
    private static final long LONGEST = Duration.ofHours(1).toNanos();
    private static final long DAY = Duration.ofHours(24).toNanos();
    private static final long HALF_HOUR = Duration.ofMinutes(30).toNanos();
    private static final long HALF_DAY = Duration.ofHours(12).toNanos();

    private final @Nullable TimeSource time;
    private final Map<Long, Kept> kept = BoundedMap.of(REMEMBERED);

    private PromptCache(@Nullable TimeSource time) {
        this.time = time;
    }

    /** A cache whose entries expire on this clock. */
    public static PromptCache on(TimeSource time) {
        return new PromptCache(time);
    }

    /** A cache that keeps nothing, so that no answer depends on those before it. */
    public static PromptCache off() {
        return new PromptCache(null);
    }

    /** Forgets everything. */
    public void clear() {
        kept.clear();
    }

    /**
     * What of a prompt was in the cache, and what is written to it now.
     *
     * @param cached tokens that were read
     * @param written tokens that were written and are billed for it
     */
    public record Share(long cached, long written) {
        static final Share NONE = new Share(0, 0);
    }

    /** Looks a prompt up and remembers it. */
    public Share use(Ask ask, long promptTokens) {
        Family.Cache manner = ask.model().family().cache();
        if (time == null || manner == Family.Cache.NONE || promptTokens < LEAST) {
            return Share.NONE;
        }
        PromptHashes hashes = PromptHashes.of(ask);
        return manner == Family.Cache.STEPS
                ? steps(ask, hashes, promptTokens, time.nanos())
                : breakpoints(ask, hashes, promptTokens, time.nanos());
    }

    private Share steps(Ask ask, PromptHashes hashes, long promptTokens, long now) {
        List<PromptHashes.Mark> marks = hashes.blocks();
        long matched = 0;
        for (int i = marks.size() - 1; i >= 0 && matched == 0; i--) {
            matched = fresh(marks.get(i).hash(), now) == null ? 0 : marks.get(i).end();
        }
        boolean day = ask.body().path("prompt_cache_retention").asText().equals("24h");
        for (PromptHashes.Mark mark : marks) {
            // Between five and ten minutes, as the load of a server would have it.
            long idle = IDLE + Math.floorMod(mark.hash(), IDLE);
            keep(mark.hash(), 0, now, day ? DAY : idle, day ? DAY : LONGEST);
        }
        long tokens = promptTokens * matched / Math.max(1, hashes.length()) / STEP * STEP;
        return tokens < LEAST ? Share.NONE : new Share(tokens, 0);
    }

    private Share breakpoints(Ask ask, PromptHashes hashes, long promptTokens, long now) {
        List<PromptHashes.Mark> marks = hashes.turns();
        JsonNode options = ask.body().path("prompt_cache_options");
        long read = 0;
        for (int i = marks.size() - 1; i >= Math.max(0, marks.size() - 80) && read == 0; i--) {
            Kept found = fresh(marks.get(i).hash(), now);
            read = found == null ? 0 : found.tokens();
        }
        int last = lastBreakpoint(ask, marks.size());
        if (last < 0) {
            return new Share(read, 0);
        }
        PromptHashes.Mark mark = marks.get(last);
        long share = promptTokens * mark.end() / Math.max(1, hashes.length());
        long whole = Math.max(read, Math.min(share, promptTokens - AFTER_BREAKPOINT));
        long ttl = options.path("ttl").asText().equals("12h") ? HALF_DAY : HALF_HOUR;
        if (whole >= LEAST) {
            keep(mark.hash(), whole, now, ttl, Long.MAX_VALUE);
        }
        return whole < LEAST ? Share.NONE : new Share(read, whole - read);
    }

    /** The message up to which a prompt is written: the newest, or where the request says so itself, the last that is marked. */
    private static int lastBreakpoint(Ask ask, int turns) {
        if (!ask.body().path("prompt_cache_options").path("mode").asText().equals("explicit")) {
            return turns - 1;
        }
        JsonNode messages = ask.body().has("messages")
                ? ask.body().path("messages")
                : ask.body().path("input");
        for (int i = messages.size() - 1; i >= 0; i--) {
            for (JsonNode part : messages.get(i).path("content")) {
                if (part.hasNonNull("prompt_cache_breakpoint")) {
                    return Math.max(0, turns - messages.size() + i);
                }
            }
        }
        return -1;
    }

    private @Nullable Kept fresh(long hash, long now) {
        Kept found = kept.get(hash);
        return found == null || now - found.used() > found.idle() || now - found.since() > found.longest()
                ? null
                : found;
    }

    private void keep(long hash, long tokens, long now, long idle, long longest) {
        Kept before = fresh(hash, now);
        kept.put(hash, new Kept(tokens, before == null ? now : before.since(), now, idle, longest));
    }

    private record Kept(long tokens, long since, long used, long idle, long longest) {}
}
