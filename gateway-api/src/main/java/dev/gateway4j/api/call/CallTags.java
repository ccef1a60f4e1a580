package dev.gateway4j.api.call;

import dev.gateway4j.api.cache.CachePolicy;
import java.util.Optional;

/**
 * What the application says about a call. Put on an OkHttp request with {@code tag(CallTags.class, tags)}, or sent as {@code X-Gateway-*}
 * headers by SDKs that hide the request; a tag wins over a header. Values are at most 256 characters; control characters become {@code ?}
 * so that no log line can be forged. Immutable.
 *
 * @param user who asked
 * @param tenant on whose behalf
 * @param feature for which part of the application
 * @param cache the cache policy, such as {@code no-store} or {@code ttl=60}
 * @param route the route to use
 * @param cassette the cassette to replay or record
 * @param key the name of the key to use; the call is refused where there is none of that name that fits
 */
public record CallTags(
        Optional<String> user,
        Optional<String> tenant,
        Optional<String> feature,
        Optional<String> cache,
        Optional<String> route,
        Optional<String> cassette,
        Optional<String> key) {
    private static final int MAX_LENGTH = 256;
    private static final CallTags NONE = new CallTags(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Cleans the values. */
    public CallTags {
        user = user.map(CallTags::clean);
        tenant = tenant.map(CallTags::clean);
        feature = feature.map(CallTags::clean);
        cache = cache.map(CallTags::clean);
        route = route.map(CallTags::clean);
        cassette = cassette.map(CallTags::clean);
        key = key.map(CallTags::clean);
    }

    /** Tags that pin no key. */
    public CallTags(
            Optional<String> user,
            Optional<String> tenant,
            Optional<String> feature,
            Optional<String> cache,
            Optional<String> route,
            Optional<String> cassette) {
        this(user, tenant, feature, cache, route, cassette, Optional.empty());
    }

    /** No tags at all. */
    public static CallTags none() {
        return NONE;
    }

    /** These tags with that user. */
    public CallTags withUser(String value) {
        return new CallTags(Optional.of(value), tenant, feature, cache, route, cassette, key);
    }

    /** These tags with that tenant. */
    public CallTags withTenant(String value) {
        return new CallTags(user, Optional.of(value), feature, cache, route, cassette, key);
    }

    /** These tags with that feature. */
    public CallTags withFeature(String value) {
        return new CallTags(user, tenant, Optional.of(value), cache, route, cassette, key);
    }

    /** These tags with that cache policy. */
    public CallTags withCache(String value) {
        return new CallTags(user, tenant, feature, Optional.of(value), route, cassette, key);
    }

    /** These tags with that cache policy. */
    public CallTags withCache(CachePolicy policy) {
        return withCache(policy.text());
    }

    /** These tags with that route. */
    public CallTags withRoute(String value) {
        return new CallTags(user, tenant, feature, cache, Optional.of(value), cassette, key);
    }

    /** These tags with that cassette. */
    public CallTags withCassette(String value) {
        return new CallTags(user, tenant, feature, cache, route, Optional.of(value), key);
    }

    /** These tags with that key pinned. */
    public CallTags withKey(String name) {
        return new CallTags(user, tenant, feature, cache, route, cassette, Optional.of(name));
    }

    /** These tags; where one is missing, the other's. */
    public CallTags orElse(CallTags other) {
        return new CallTags(
                user.or(other::user),
                tenant.or(other::tenant),
                feature.or(other::feature),
                cache.or(other::cache),
                route.or(other::route),
                cassette.or(other::cassette),
                key.or(other::key));
    }

    private static String clean(String value) {
        String bounded = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
        StringBuilder clean = new StringBuilder(bounded.length());
        for (int i = 0; i < bounded.length(); i++) {
            char c = bounded.charAt(i);
            boolean breaksLines = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            clean.append(breaksLines ? '?' : c);
        }
        return clean.toString();
    }
}
