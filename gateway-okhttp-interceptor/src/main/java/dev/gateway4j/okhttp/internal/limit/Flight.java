package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.openai.LimitHeaders.Reading;
import dev.gateway4j.okhttp.internal.limit.LearnedAllowance.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt as the learned limits see it: between {@link #departed} and its answer they count it as under way. Either {@link #answered} or
 * {@link #lost} has to be called then, and the first of them counts; an attempt that never left is given back instead. Thread-safe.
 */
final class Flight {
    private static final Duration UNSAID = Duration.ofSeconds(5);

    private final LearnedAllowance requests;
    private final LearnedAllowance tokens;
    private final long tokenAmount;
    private final AtomicReference<@Nullable Departures> departures = new AtomicReference<>();

    Flight(LearnedAllowance requests, LearnedAllowance tokens, long tokenAmount) {
        this.requests = requests;
        this.tokens = tokens;
        this.tokenAmount = tokenAmount;
    }

    private record Departures(Departure requests, Departure tokens) {}

    /** Every limit admitted the attempt, and it goes out now. */
    void departed() {
        departures.set(new Departures(requests.departed(1), tokens.departed(tokenAmount)));
    }

    /** The head of an answer came. */
    void answered(LimitHeaders headers, int status) {
        @Nullable Departures departed = departures.getAndSet(null);
        if (departed == null) {
            return;
        }
        Verdict verdict = Verdict.of(status);
        boolean refused = verdict == Verdict.REFUSED;
        boolean requestsLack = lacks(headers.requests(), departed.requests());
        boolean tokensLack = lacks(headers.tokens(), departed.tokens());
        // A refusal rarely says which limit it was: the one that lacks something, or both where neither seems to.
        requests.answered(
                departed.requests(),
                headers.requests(),
                verdict,
                refused && (requestsLack || !tokensLack)
                        ? block(headers, headers.requests(), departed.requests())
                        : Duration.ZERO);
        tokens.answered(
                departed.tokens(),
                headers.tokens(),
                verdict,
                refused && (tokensLack || !requestsLack)
                        ? block(headers, headers.tokens(), departed.tokens())
                        : Duration.ZERO);
    }

    /** No answer came. */
    void lost() {
        @Nullable Departures departed = departures.getAndSet(null);
        if (departed != null) {
            requests.lost(departed.requests());
            tokens.lost(departed.tokens());
        }
    }

    private static boolean lacks(Optional<Reading> reading, Departure call) {
        return reading.filter(said -> said.remaining() < call.amount()).isPresent();
    }

    private static Duration block(LimitHeaders headers, Optional<Reading> reading, Departure call) {
        if (reading.filter(said -> said.limit() < call.amount()).isPresent()) {
            // Larger than the whole limit: it has its own time to wait, and smaller ones need not.
            return Duration.ZERO;
        }
        return headers.retryAfter()
                .or(() -> reading.flatMap(said -> lacks(reading, call) ? said.reset() : Optional.of(Duration.ZERO)))
                .orElse(UNSAID);
    }
}
