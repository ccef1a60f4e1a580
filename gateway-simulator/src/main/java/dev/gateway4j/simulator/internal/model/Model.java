package dev.gateway4j.simulator.internal.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * One model of the table.
 *
 * @param id the name applications ask for
 * @param created when it was first listed, in seconds since 1970
 * @param owner the {@code owned_by} of the listing
 * @param answersAs the {@code model} of its answers
 * @param kind what it is for
 * @param context the tokens of its context window; 0 if that means nothing
 * @param limit its most output tokens, or the dimensions of its embeddings; 0 if that means nothing
 * @param family how it behaves on the wire
 * @param shutdown the first day on which it no longer answers; empty if none is known
 */
public record Model(
        String id,
        long created,
        String owner,
        String answersAs,
        String kind,
        int context,
        int limit,
        Family family,
        Optional<LocalDate> shutdown) {
    /** A model that stays. */
    public Model(
            String id,
            long created,
            String owner,
            String answersAs,
            String kind,
            int context,
            int limit,
            Family family) {
        this(id, created, owner, answersAs, kind, context, limit, family, Optional.empty());
    }

    /** True if it no longer answers at that time. */
    public boolean retired(Instant now) {
        return shutdown.isPresent()
                && !now.atOffset(ZoneOffset.UTC).toLocalDate().isBefore(shutdown.get());
    }

    /** True if chat completions answer for it. */
    public boolean chats() {
        return kind.equals("chat");
    }

    /** True if the Responses API answers for it. */
    public boolean responds() {
        return chats() || kind.equals("responses");
    }

    /** True if it makes embeddings. */
    public boolean embeds() {
        return kind.equals("embedding");
    }
}
