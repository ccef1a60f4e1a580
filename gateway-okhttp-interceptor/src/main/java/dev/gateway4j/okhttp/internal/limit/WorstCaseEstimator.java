package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.okhttp.internal.call.CallFacts;

/**
 * As much as a call can use. The question is taken for a third of its ASCII characters and more of others, tools included, which is above
 * what tokenizers make of all but the oddest text; the answer for its cap, or where it has none for what 95 of 100 answers of the model
 * stayed below.
 */
final class WorstCaseEstimator implements Estimator {
    private final OutputHistory outputs = new OutputHistory();

    @Override
    public Estimate of(CallFacts call) {
        long charged = UpstreamEstimator.question(call);
        return new Estimate(charged == 0 ? 0 : Math.max(charged, question(call.request())), answer(call));
    }

    /** A character outside of ASCII has one or two bytes more than a character, and up to as many tokens. */
    private static long question(RequestFacts asked) {
        RequestFacts.Sizes sizes = asked.sizes();
        long beyondAscii = sizes.textBytes() - asked.textCharacters();
        return (asked.textCharacters() + sizes.toolBytes() + 2) / 3
                + (beyondAscii + 1) / 2
                + sizes.tokens()
                + 4L * asked.messages()
                + asked.images() * UpstreamEstimator.IMAGE;
    }

    long answer(CallFacts call) {
        RequestFacts asked = call.request();
        if (!writesText(call)) {
            return 0;
        }
        long each = asked.maxOutputTokens().orElseGet(() -> outputs.high(model(call)));
        return Math.min(each, Estimate.MOST_OF_AN_ANSWER) * UpstreamEstimator.answers(asked);
    }

    private static boolean writesText(CallFacts call) {
        return switch (call.endpoint()) {
            case "/v1/chat/completions", "/v1/completions", "/v1/responses" -> true;
            default -> call.request().maxOutputTokens().isPresent();
        };
    }

    @Override
    public void learn(CallFacts call, long outputTokens) {
        if (outputTokens > 0) {
            outputs.seen(model(call), outputTokens / UpstreamEstimator.answers(call.request()));
        }
    }

    private static String model(CallFacts call) {
        return call.modelSent().orElse("");
    }
}
