package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.spi.TokenCounter;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The question counted by the model's tokenizer, in the frame that was measured on recordings; the answer as in the worst case. Reads the
 * body once more, as the only one. Where counting fails, the worst case counts.
 */
final class ExactEstimator implements Estimator {
    private static final Logger LOG = LoggerFactory.getLogger(ExactEstimator.class);

    private final RememberedCounts counts;
    private final WorstCaseEstimator worst = new WorstCaseEstimator();
    private final AtomicLong failed = new AtomicLong();

    ExactEstimator(TokenCounter counter) {
        this.counts = new RememberedCounts(counter);
    }

    @Override
    public Estimate of(CallFacts call) {
        Optional<byte[]> body = call.body();
        if (body.isEmpty() || UpstreamEstimator.question(call) == 0) {
            return worst.of(call);
        }
        try {
            long question =
                    new QuestionReader(body.get(), counts, call.modelSent().orElse("")).tokens();
            long images = call.request().images() * UpstreamEstimator.IMAGE;
            return new Estimate(question + images, worst.answer(call));
        } catch (IOException | RuntimeException e) {
            // Said for the 1st, 2nd, 4th, 8th … time, so that a counter which always fails does not fill the log.
            long count = failed.incrementAndGet();
            if (Long.bitCount(count) == 1) {
                LOG.warn("A question could not be counted and is taken for the worst case: failed={}", count, e);
            }
            return worst.of(call);
        }
    }

    @Override
    public void learn(CallFacts call, long outputTokens) {
        worst.learn(call, outputTokens);
    }
}
