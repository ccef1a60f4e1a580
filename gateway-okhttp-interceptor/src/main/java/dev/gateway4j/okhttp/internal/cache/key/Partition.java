package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.Optional;

/**
 * Who shares an answer.
 *
 * @param kind in one word
 * @param tenant whose it is; empty where calls that name none share, and where all do
 * @param user whose it is, where each user has his own
 * @param namespace the part of it
 */
record Partition(String kind, Optional<String> tenant, Optional<String> user, Optional<String> namespace) {
    private static final String SHARED = "shared";

    /** Tags of this length may have been cut, so that two of them only look alike. */
    private static final int CUT = 256;

    /** Why a call has none, or the one it has. */
    record Choice(Optional<Partition> partition, String objection) {
        private static Choice of(Partition partition) {
            return new Choice(Optional.of(partition), "");
        }

        private static Choice none(String objection) {
            return new Choice(Optional.empty(), objection);
        }
    }

    static Choice of(CallFacts call, Optional<String> namespace, CacheConfig config) {
        boolean sharedName = namespace.isPresent() && config.sharedNamespaces().contains(namespace.get());
        if (sharedName || config.partition() == CacheConfig.Partition.SHARED_BY_ALL_TENANTS) {
            return Choice.of(new Partition(SHARED, Optional.empty(), Optional.empty(), namespace));
        }
        CallTags tags = call.tags();
        if (isBlurred(tags.tenant())) {
            return Choice.none("tenant not exact");
        }
        if (config.partition() == CacheConfig.Partition.TENANT_REQUIRED && isUnnamed(tags.tenant())) {
            return Choice.none("no tenant");
        }
        if (config.partition() != CacheConfig.Partition.USER) {
            return Choice.of(new Partition("tenant", tags.tenant(), Optional.empty(), namespace));
        }
        Optional<String> user = tags.user().or(() -> call.request().user());
        if (isUnnamed(user)) {
            return Choice.none("no user");
        }
        return isBlurred(tags.user())
                ? Choice.none("user not exact")
                : Choice.of(new Partition("user", tags.tenant(), user, namespace));
    }

    private static boolean isUnnamed(Optional<String> name) {
        return name.isEmpty() || name.get().isBlank();
    }

    /** Tags are cut, and control characters in them become question marks: what may have been another name is nobody's. */
    private static boolean isBlurred(Optional<String> tag) {
        return tag.isPresent() && (tag.get().length() >= CUT || tag.get().indexOf('?') >= 0);
    }
}
