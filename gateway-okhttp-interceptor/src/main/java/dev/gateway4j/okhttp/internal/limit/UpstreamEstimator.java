package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.okhttp.internal.call.CallFacts;

/**
 * What OpenAI's own limiter was measured to charge: a quarter of the text, a little per message, a lot per picture, and nothing for the
 * answer, whatever cap it has. Costs nothing, since the body was read when the call was opened.
 */
final class UpstreamEstimator implements Estimator {
    /** What a picture is charged, whatever its size. */
    static final long IMAGE = 765;

    @Override
    public Estimate of(CallFacts call) {
        return new Estimate(question(call), 0);
    }

    static long question(CallFacts call) {
        RequestFacts asked = call.request();
        RequestFacts.Sizes sizes = asked.sizes();
        return switch (call.endpoint()) {
            case "/v1/embeddings" -> Math.max(1, sizes.textBytes() / 4 + sizes.tokens());
            case "/v1/completions" -> sizes.textBytes() / 4 + sizes.tokens() + answers(asked);
            case "/v1/chat/completions", "/v1/responses" -> conversation(asked);
            // Whatever else an upstream knows: charged only where there is something to read.
            default -> readsText(call) ? conversation(asked) : 0;
        };
    }

    /** Pictures and sound are charged by what the answer says it used, if it does. */
    private static boolean readsText(CallFacts call) {
        String endpoint = call.endpoint();
        return call.request().textCharacters() + call.request().sizes().tokens() > 0
                && !endpoint.startsWith("/v1/images/")
                && !endpoint.startsWith("/v1/audio/");
    }

    /** The answers to all prompts together. */
    static long answers(RequestFacts asked) {
        return (long) asked.sizes().prompts() * Math.min(asked.n(), Estimate.MOST_ANSWERS);
    }

    private static long conversation(RequestFacts asked) {
        return (asked.textCharacters() + 3) / 4
                + asked.sizes().tokens()
                + asked.messages()
                + 1
                + asked.images() * IMAGE;
    }
}
