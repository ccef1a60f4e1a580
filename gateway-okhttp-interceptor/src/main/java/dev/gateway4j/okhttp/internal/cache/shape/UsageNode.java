package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.call.Usage;

/** Writes what an answer used as answers do, for those that did not say it themselves. */
final class UsageNode {
    private UsageNode() {}

    static Node of(Usage usage) {
        Node.Obj input = new Node.Obj().put("cached_tokens", usage.cachedInputTokens());
        if (usage.cacheWriteTokens() > 0) {
            input.put("cache_write_tokens", usage.cacheWriteTokens());
        }
        return new Node.Obj()
                .put("prompt_tokens", usage.inputTokens())
                .put("completion_tokens", usage.outputTokens())
                .put("total_tokens", usage.totalTokens())
                .put("prompt_tokens_details", input)
                .put("completion_tokens_details", new Node.Obj().put("reasoning_tokens", usage.reasoningTokens()));
    }
}
