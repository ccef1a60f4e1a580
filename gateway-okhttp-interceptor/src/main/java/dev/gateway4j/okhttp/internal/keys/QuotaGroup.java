package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.openai.LimitHeaders;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What an upstream said is left for the keys that share a quota, by model. Thread-safe. */
final class QuotaGroup {
    /** Models are named by callers, so there is a bound; beyond it the oldest knowledge goes. */
    static final int MAX_MODELS = 512;

    private final ConcurrentHashMap<AskedModel, ModelQuota> models = new ConcurrentHashMap<>();

    /** What is known of this model; null if nothing is. */
    @Nullable
    ModelQuota find(AskedModel model) {
        return models.isEmpty() ? null : models.get(model);
    }

    /** Keeps what an answer said. */
    void answered(AskedModel model, LimitHeaders said, long now) {
        if (said.requests().isPresent() || said.tokens().isPresent()) {
            of(model, now).answered(said, now);
        }
    }

    /** Nothing of this kind is left until then. */
    void cool(AskedModel model, ModelQuota.Kind kind, long now, long untilNanos) {
        of(model, now).cool(kind, untilNanos);
    }

    ConcurrentHashMap<AskedModel, ModelQuota> models() {
        return models;
    }

    private ModelQuota of(AskedModel model, long now) {
        if (models.size() >= MAX_MODELS && !models.containsKey(model)) {
            models.values().removeIf(quota -> !quota.isCooling(true, now));
            if (models.size() >= MAX_MODELS) {
                models.clear();
            }
        }
        return models.computeIfAbsent(model, name -> new ModelQuota(now));
    }
}
