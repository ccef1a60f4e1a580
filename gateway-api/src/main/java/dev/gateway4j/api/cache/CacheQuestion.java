package dev.gateway4j.api.cache;

import dev.gateway4j.api.call.CallTags;
import java.nio.charset.StandardCharsets;

/**
 * A call as the cache sees it, to ask which key it has.
 *
 * @param endpoint such as {@code /v1/chat/completions}
 * @param body the JSON of the request
 * @param tags what the application says about the call
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: questions are asked, never compared
public record CacheQuestion(String endpoint, byte[] body, CallTags tags) {
    /** A question without tags. */
    public static CacheQuestion of(String endpoint, String json) {
        return new CacheQuestion(endpoint, json.getBytes(StandardCharsets.UTF_8), CallTags.none());
    }

    /** This question with those tags. */
    public CacheQuestion withTags(CallTags others) {
        return new CacheQuestion(endpoint, body, others);
    }
}
