package dev.gateway4j.cassette.internal.match;

import java.util.List;

/** A way of comparing requests. Immutable and thread-safe. */
sealed interface Manner permits OurManner, TheirManner {
    Question live(MatchRules rules, Asked asked);

    Question recorded(MatchRules rules, Asked asked);

    boolean same(Question asked, Question recorded);

    /** True if of the body of this recording only its one spelling counts, whatever its bytes are. */
    boolean spelled(Question recorded);

    /** All differences in no order; none exactly if they are the same. */
    List<Found> differences(Question asked, Question recorded);
}
