package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.openai.CanonicalDocument;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The inputs of a request for embeddings that are texts or lists of tokens, each on its own. A list of numbers is one input.
 *
 * @param member which member of the body they are in
 * @param starts where each begins
 * @param ends where each ends
 */
record EmbeddingInputs(int member, List<Integer> starts, List<Integer> ends) {
    /** OpenAI's own bound. */
    private static final int MOST = 2_048;

    static Optional<EmbeddingInputs> of(CallFacts call, CanonicalDocument body) {
        if (!call.endpoint().equals(Cacheability.EMBEDDINGS)) {
            return Optional.empty();
        }
        int member = body.find("input");
        if (member < 0 || body.bytes()[body.start(member)] != '[') {
            return Optional.empty();
        }
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        Walk each = new Walk(body.bytes(), body.start(member));
        while (starts.size() <= MOST && each.nextElement()) {
            if (!isInput(body.bytes(), each.start())) {
                return Optional.empty();
            }
            starts.add(each.start());
            ends.add(each.end());
        }
        return Optional.of(new EmbeddingInputs(member, starts, ends));
    }

    /** More than an upstream takes; those beyond the first of them were not read. */
    boolean areTooMany() {
        return starts.size() > MOST;
    }

    private static boolean isInput(byte[] bytes, int start) {
        return bytes[start] == '"' || (bytes[start] == '[' && areTokens(new Walk(bytes, start), bytes));
    }

    private static boolean areTokens(Walk each, byte[] bytes) {
        while (each.nextElement()) {
            if (bytes[each.start()] < '0' || bytes[each.start()] > '9') {
                return false;
            }
        }
        return true;
    }

    /** The canonical bytes of an input. */
    byte[] bytes(CanonicalDocument body, int input) {
        return Arrays.copyOfRange(body.bytes(), starts.get(input), ends.get(input));
    }
}
