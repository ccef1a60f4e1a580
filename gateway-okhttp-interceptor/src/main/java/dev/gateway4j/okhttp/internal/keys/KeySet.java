package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One list of keys as its source gave it, checked, with what is known of those that were there before. Replaced as a whole when the list
 * changes. Thread-safe.
 */
final class KeySet {
    /** Models are named by callers. */
    private static final int MAX_REMEMBERED = 1024;

    private final List<UpstreamKey> source;
    private final List<LiveKey> keys;
    private final List<String> leftOut;
    private final Map<String, QuotaGroup> quotas;
    private final Map<String, ConcurrentHashMap<AskedModel, Fitting>> fitting = new HashMap<>();
    private final ConcurrentHashMap<AskedModel, Fitting> elsewhere = new ConcurrentHashMap<>();

    private KeySet(List<UpstreamKey> source, List<LiveKey> keys, List<String> leftOut, Map<String, QuotaGroup> quotas) {
        this.source = source;
        this.keys = List.copyOf(keys);
        this.leftOut = List.copyOf(leftOut);
        this.quotas = quotas;
        for (LiveKey key : keys) {
            fitting.computeIfAbsent(key.upstream().name(), name -> new ConcurrentHashMap<>());
        }
    }

    /** No keys, before anybody was asked. */
    static KeySet none() {
        return new KeySet(List.of(), List.of(), List.of(), Map.of());
    }

    /** These keys, as far as they may be used here; who was there before keeps what is known of it. */
    KeySet next(List<UpstreamKey> list, GatewayConfig config) {
        KeyReview review = KeyReview.of(list, config);
        Map<Identity, LiveKey> before = new HashMap<>();
        keys.forEach(key -> before.put(Identity.of(key.key()), key));
        Map<String, QuotaGroup> groups = new HashMap<>();
        List<LiveKey> next = new ArrayList<>();
        for (UpstreamKey key : review.usable()) {
            QuotaGroup group = groups.computeIfAbsent(key.quotaGroup(), name -> known(quotas.get(name)));
            LiveKey known = before.get(Identity.of(key));
            LiveKey.Health health = known == null ? new LiveKey.Health() : known.health();
            Upstream upstream = Objects.requireNonNull(config.upstreams().get(key.upstream()));
            next.add(new LiveKey(key, upstream, group, health));
        }
        return new KeySet(list, next, review.leftOut(), groups);
    }

    private static QuotaGroup known(@Nullable QuotaGroup group) {
        return group == null ? new QuotaGroup() : group;
    }

    /** True if this is what a source gives now. Lists are compared by content only if they are not the same. */
    boolean isOf(List<UpstreamKey> list) {
        return source == list || source.equals(list);
    }

    List<LiveKey> keys() {
        return keys;
    }

    /** The keys that may not be used, each with the reason. */
    List<String> leftOut() {
        return leftOut;
    }

    /**
     * The keys for a model.
     *
     * @param upstream where the call goes
     * @param anywhere whether it may go elsewhere instead
     * @param stays whether it does so only if there is no key for where it goes
     */
    Fitting fitting(Asking asking, String upstream, boolean anywhere, boolean stays) {
        ConcurrentHashMap<AskedModel, Fitting> here = fitting.get(upstream);
        if (!anywhere) {
            return here == null ? new Fitting(List.of()) : remembered(here, asking, upstream);
        }
        if (stays && here != null) {
            Fitting staying = remembered(here, asking, upstream);
            if (!staying.isEmpty()) {
                return staying;
            }
        }
        return remembered(elsewhere, asking, null);
    }

    private Fitting remembered(ConcurrentHashMap<AskedModel, Fitting> cache, Asking asking, @Nullable String upstream) {
        Optional<String> sent = asking.call().modelSent();
        if (sent.filter(AskedModel::isLong).isPresent()) {
            return found(sent, upstream); // nobody's model, and no name to keep
        }
        Fitting known = cache.get(asking.model());
        if (known != null) {
            return known;
        }
        Fitting made = found(sent, upstream);
        if (cache.size() >= MAX_REMEMBERED) {
            cache.clear();
        }
        cache.put(asking.model(), made);
        return made;
    }

    private Fitting found(Optional<String> model, @Nullable String upstream) {
        List<LiveKey> found = new ArrayList<>();
        for (LiveKey key : keys) {
            if ((upstream == null || key.upstream().name().equals(upstream))
                    && key.key().allows(model)) {
                found.add(key);
            }
        }
        return new Fitting(found);
    }

    @Override
    public String toString() {
        return "KeySet" + keys;
    }

    /** A rotated secret is another key. */
    private record Identity(String name, String upstream, Object secret) {
        static Identity of(UpstreamKey key) {
            return new Identity(key.name(), key.upstream(), key.secret());
        }
    }
}
