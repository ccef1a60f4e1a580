package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A key in use: what it is, where it leads, and how it is. Whoever changes its secret gets another one, which begins well. Thread-safe. */
final class LiveKey {
    private final UpstreamKey key;
    private final Upstream upstream;
    private final QuotaGroup quota;
    private final Health health;
    private final long nameHash;

    LiveKey(UpstreamKey key, Upstream upstream, QuotaGroup quota, Health health) {
        this.key = key;
        this.upstream = upstream;
        this.quota = quota;
        this.health = health;
        this.nameHash = Draw.hash(key.name());
    }

    UpstreamKey key() {
        return key;
    }

    String name() {
        return key.name();
    }

    Upstream upstream() {
        return upstream;
    }

    QuotaGroup quota() {
        return quota;
    }

    /** What outlives a new list of keys that holds the same secret under the same name. */
    Health health() {
        return health;
    }

    long nameHash() {
        return nameHash;
    }

    Rest whole() {
        return health.whole;
    }

    AtomicInteger inFlight() {
        return health.inFlight;
    }

    ConcurrentHashMap<Use, Rest> uses() {
        return health.uses;
    }

    /** How it stands with this use; null if nothing ever happened. */
    @Nullable
    Rest forUse(Use use) {
        return health.uses.isEmpty() ? null : health.uses.get(use);
    }

    /** As {@link #forUse}, from now on with something to write on. Models are named by callers, so there is a bound. */
    Rest madeForUse(Use use) {
        if (health.uses.size() >= QuotaGroup.MAX_MODELS && !health.uses.containsKey(use)) {
            health.uses.values().removeIf(rest -> rest.state().isWell());
            if (health.uses.size() >= QuotaGroup.MAX_MODELS) {
                health.uses.clear();
            }
        }
        return health.uses.computeIfAbsent(use, name -> new Rest());
    }

    /** True if nothing stands against using it for this now. */
    boolean isWell(Use use, boolean usesTokens, long now) {
        Rest forUse = forUse(use);
        return health.whole.state().isWell()
                && (forUse == null || forUse.state().isWell())
                && !isCooling(use.model(), usesTokens, now);
    }

    /** True if it is well but for what cools, or rests and a call may try it now. */
    boolean mayBeTried(Use use, long now) {
        Rest forUse = forUse(use);
        return health.whole.state().mayBeTried(now)
                && (forUse == null || forUse.state().mayBeTried(now));
    }

    boolean isCooling(AskedModel model, boolean usesTokens, long now) {
        ModelQuota known = quota.find(model);
        return known != null && known.isCooling(usesTokens, now);
    }

    /** How much is left of its quota for this model, from 0 to 1. */
    double remaining(AskedModel model, long now) {
        ModelQuota known = quota.find(model);
        return known == null ? 1 : known.remaining(now);
    }

    @Override
    public String toString() {
        return "LiveKey[" + key.name() + "]";
    }

    /** What is known about a secret. */
    static final class Health {
        private final Rest whole = new Rest();
        private final ConcurrentHashMap<Use, Rest> uses = new ConcurrentHashMap<>();
        private final AtomicInteger inFlight = new AtomicInteger();
    }
}
