package dev.gateway4j.api.config;

import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of the table of settings that is about rate limits: the same amounts for several scopes. */
final class LimitKeys {
    /** How the documentation writes all amounts but {@link #CONCURRENCY} in one. */
    static final String FAMILY = "{requests,tokens,input_tokens,output_tokens}_per_{second,minute,hour,day,month}";

    static final String CONCURRENCY = LimitKind.CONCURRENCY.id();

    /** Windows by their names, the shortest first. A month has 30 days. */
    static final Map<String, Duration> WINDOWS = windows();

    /** What an amount of this name limits. */
    static final Map<String, Counted> AMOUNTS = amounts();

    /** Sections of amounts, and whose calls they count. */
    static final Map<String, LimitScope> SCOPES = scopes();

    /** Maps of names to sections of amounts. */
    static final Map<String, LimitScope> NAMED = named();

    static final List<Key> AMOUNT_KEYS = amountKeys();

    private LimitKeys() {}

    /**
     * What an amount counts.
     *
     * @param window the time for it; zero for concurrency
     */
    record Counted(LimitKind kind, Duration window) {
        /** The largest amount: one in a nanosecond, or as many calls as can be counted. */
        long largest() {
            return kind == LimitKind.CONCURRENCY ? Integer.MAX_VALUE : window.toNanos();
        }
    }

    static Key section() {
        List<Key> keys = new ArrayList<>(AMOUNT_KEYS);
        keys.add(amounts("global", "All calls of all environments that share the store of limits."));
        keys.add(amounts("per_key", "The attempts with a key, for each."));
        keys.add(amounts("per_model", "The attempts for a model, for each."));
        keys.add(amounts("per_user", "The calls of a user, for each; one name under two tenants is two users."));
        keys.add(amounts("per_tenant", "The calls of a tenant, for each."));
        keys.add(amounts("per_feature", "The calls for a feature, for each."));
        keys.add(Key.map("keys", amounts("KEY", "The attempts with KEY, instead of per_key.")));
        keys.add(Key.map("models", amounts("MODEL", "The attempts for MODEL, instead of per_model; * for anything.")));
        keys.add(
                Key.map("users", amounts("USER", "The calls of USER, instead of per_user; TENANT/USER with tenants.")));
        keys.add(Key.map("tenants", amounts("TENANT", "The calls of TENANT, instead of per_tenant.")));
        keys.add(Key.map("features", amounts("FEATURE", "The calls for FEATURE, instead of per_feature.")));
        keys.addAll(policies());
        return Key.section("rate_limits", keys.toArray(Key[]::new));
    }

    private static List<Key> policies() {
        return List.of(
                Key.choice("on_limit", List.of("refuse", "wait", "shadow"), "refuse", "What a call over a limit does."),
                Key.value("max_wait", Kind.DURATION, "30s", "How long it waits at most, for wait; 0s is not at all."),
                Key.value("max_queue", Kind.SMALL_COUNT, "1000", "How many calls wait at most, for wait."),
                Key.choice(
                        "estimator",
                        List.of("upstream", "worst_case", "exact"),
                        "upstream",
                        "How tokens are reckoned before the answer says what they were."),
                Key.choice(
                        "oversized",
                        List.of("refuse", "alone"),
                        "refuse",
                        "What a call larger than a whole limit does; alone waits until the limit is full."),
                Key.value("learn", Kind.BOOLEAN, "true", "Whether calls heed the limits the upstream tells."),
                Key.value("max_subjects", Kind.COUNT, "1000000", "How many users and the like are remembered."),
                Key.value("like", Kind.TEXT, "", "Takes the amounts of this environment of the file."),
                Key.value("factor", Kind.FACTOR, "1", "What they are multiplied by, for like; at least 1 remains."));
    }

    private static Key amounts(String name, String meaning) {
        return Key.section(name, AMOUNT_KEYS.toArray(Key[]::new)).about(meaning);
    }

    private static List<Key> amountKeys() {
        return AMOUNTS.entrySet().stream()
                .map(entry -> entry.getKey().equals(CONCURRENCY)
                        ? Key.value(CONCURRENCY, Kind.SMALL_COUNT, "", "Calls under way at the same time.")
                        : Key.value(entry.getKey(), Kind.COUNT, "", "How much in any such time, all callers together."))
                .toList();
    }

    private static Map<String, Duration> windows() {
        Map<String, Duration> windows = new LinkedHashMap<>();
        windows.put("second", Duration.ofSeconds(1));
        windows.put("minute", Duration.ofMinutes(1));
        windows.put("hour", Duration.ofHours(1));
        windows.put("day", Duration.ofDays(1));
        windows.put("month", Duration.ofDays(30));
        return Collections.unmodifiableMap(windows);
    }

    private static Map<String, Counted> amounts() {
        Map<String, Counted> amounts = new LinkedHashMap<>();
        for (LimitKind kind : LimitKind.values()) {
            if (kind == LimitKind.CONCURRENCY) {
                amounts.put(kind.id(), new Counted(kind, Duration.ZERO));
            } else {
                WINDOWS.forEach((window, time) -> amounts.put(kind.id() + "_per_" + window, new Counted(kind, time)));
            }
        }
        return Collections.unmodifiableMap(amounts);
    }

    private static Map<String, LimitScope> scopes() {
        Map<String, LimitScope> scopes = new LinkedHashMap<>();
        scopes.put("global", LimitScope.GLOBAL);
        scopes.put("per_key", LimitScope.KEY);
        scopes.put("per_model", LimitScope.MODEL);
        scopes.put("per_user", LimitScope.USER);
        scopes.put("per_tenant", LimitScope.TENANT);
        scopes.put("per_feature", LimitScope.FEATURE);
        return Collections.unmodifiableMap(scopes);
    }

    private static Map<String, LimitScope> named() {
        Map<String, LimitScope> named = new LinkedHashMap<>();
        named.put("keys", LimitScope.KEY);
        named.put("models", LimitScope.MODEL);
        named.put("users", LimitScope.USER);
        named.put("tenants", LimitScope.TENANT);
        named.put("features", LimitScope.FEATURE);
        return Collections.unmodifiableMap(named);
    }
}
