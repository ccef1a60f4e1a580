package dev.gateway4j.api.config;

import dev.gateway4j.api.limit.LimitRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Makes rate limits of the checked {@code rate_limits} of an environment, and of those it is to be like. */
final class LimitBinder {
    static final String PATH = "gateway.rate_limits";
    private static final String LIKE = "like";
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final int LONGEST_NAME = 256;

    private final FileContent file;
    private final SchemaCheck check;
    private final List<String> keyNames;
    private final Problems problems;
    private final List<String> notices;

    /** {@code keyNames} are those of all keys of all environments; none if that cannot be known. */
    LimitBinder(FileContent file, SchemaCheck check, List<String> keyNames, Problems problems, List<String> notices) {
        this.keyNames = List.copyOf(keyNames);
        this.file = file;
        this.check = check;
        this.problems = problems;
        this.notices = notices;
    }

    RateLimitConfig limits(String environment, Tree.Section limits) {
        LimitAmounts amounts = amounts(limits, List.of(environment));
        notices.addAll(amounts.idle());
        strangers(limits.section("keys"));
        onlyWhenWaiting(limits, "max_wait");
        onlyWhenWaiting(limits, "max_queue");
        return new RateLimitConfig(
                amounts.rules(),
                Values.constant(RateLimitConfig.OnLimit.class, value(limits, "on_limit")),
                maxWait(limits),
                Math.toIntExact(Values.whole(value(limits, "max_queue")).orElseThrow()),
                Values.constant(RateLimitConfig.Estimator.class, value(limits, "estimator")),
                Values.constant(RateLimitConfig.Oversized.class, value(limits, "oversized")),
                Values.truth(value(limits, "learn")).orElseThrow(),
                Values.whole(value(limits, "max_subjects")).orElseThrow());
    }

    /** What it takes from others, and its own amounts over them. */
    private LimitAmounts amounts(Tree.Section limits, List<String> chain) {
        LimitAmounts amounts = new LimitAmounts();
        taken(limits, chain).ifPresent(amounts::putAll);
        put(limits, "", "", amounts);
        LimitKeys.SCOPES.keySet().forEach(group -> put(limits.section(group), group, "", amounts));
        LimitKeys.NAMED
                .keySet()
                .forEach(group -> limits.section(group).children().forEach((name, tree) -> {
                    if (tree instanceof Tree.Section section && isUsable(group, name, tree.origin())) {
                        put(section, group, name, amounts);
                    }
                }));
        return amounts;
    }

    /** A limit of a key that no environment of the file has is misspelt, and would leave the key it is meant for without one. */
    private void strangers(Tree.Section keys) {
        keys.children().forEach((name, tree) -> {
            if (!keyNames.isEmpty() && !keyNames.contains(name)) {
                problems.add(
                        tree.origin(),
                        "is a limit for a key that no environment has; " + SchemaCheck.suggestion(name, keyNames));
            }
        });
    }

    private void put(Tree.Section section, String group, String subject, LimitAmounts amounts) {
        LimitKeys.AMOUNTS.forEach((name, counted) -> section.text(name).ifPresent(text -> {
            long amount = Values.whole(text.value()).orElseThrow();
            if (amount > counted.largest()) {
                problems.add(
                        text.origin(),
                        Problems.quoted(text.shown()) + " is more than " + counted.largest()
                                + ", the largest amount; write less, or remove it");
            }
            amounts.put(new LimitAmounts.Place(group, subject, name), Math.min(amount, counted.largest()));
        }));
    }

    private boolean isUsable(String group, String name, Origin origin) {
        if (name.equals(LimitRule.EACH)) {
            String each = "per_" + group.substring(0, group.length() - 1);
            problems.add(origin, "is a limit for everybody; write it below " + each);
            return false;
        }
        boolean printable = name.chars().noneMatch(Character::isISOControl);
        if (name.isBlank() || name.length() > LONGEST_NAME || !printable) {
            problems.add(origin, "is not a usable name; write 1 to " + LONGEST_NAME + " printable characters");
            return false;
        }
        return true;
    }

    private Optional<LimitAmounts> taken(Tree.Section limits, List<String> chain) {
        Optional<Tree.Text> like = limits.text(LIKE);
        if (like.isEmpty()) {
            if (limits.at(LIKE).isEmpty()) {
                limits.text("factor")
                        .ifPresent(
                                text -> problems.add(
                                        text.origin(),
                                        "has no effect without like; write the environment whose limits to take, or remove it"));
            }
            return Optional.empty();
        }
        return other(like.get(), chain).flatMap(name -> scaled(like.get(), name, limits, chain));
    }

    private Optional<String> other(Tree.Text like, List<String> chain) {
        if (file.sandbox()) {
            problems.add(
                    like.origin(),
                    "refers to nothing: " + file.name() + " holds a lone sandbox block; write the amounts, or an"
                            + " environments section");
            return Optional.empty();
        }
        TreeSet<String> known = new TreeSet<>(file.environments().keySet());
        Arrays.stream(Profile.values()).map(Profile::id).forEach(known::add);
        Optional<String> name = known.stream()
                .filter(candidate -> Values.normal(candidate).equals(Values.normal(like.value())))
                .findFirst();
        if (name.isEmpty()) {
            problems.add(
                    like.origin(),
                    Problems.quoted(like.shown()) + " is not an environment; "
                            + SchemaCheck.suggestion(like.value(), List.copyOf(known)));
        }
        return name.filter(found -> isNew(found, like, chain));
    }

    private boolean isNew(String name, Tree.Text like, List<String> chain) {
        if (chain.contains(name)) {
            problems.add(
                    like.origin(),
                    String.join(" -> ", chain) + " -> " + name
                            + " goes in a circle; write like only in environments that follow another");
        }
        return !chain.contains(name);
    }

    private Optional<LimitAmounts> scaled(Tree.Text like, String name, Tree.Section limits, List<String> chain) {
        List<String> longer = new ArrayList<>(chain);
        longer.add(name);
        int before = problems.count();
        LimitAmounts amounts = amounts(check.section(ConfigSchema.RATE_LIMITS, file.limits(name)), longer);
        if (amounts.isEmpty() && problems.count() == before) {
            problems.add(
                    like.origin(),
                    "environment \"" + name + "\" has no rate limits in " + file.name()
                            + "; write them there, or remove like");
        }
        Optional<Tree.Text> factor = limits.text("factor");
        if (factor.isEmpty()) {
            return Optional.of(amounts);
        }
        return Optional.of(amounts.times(
                Values.factor(factor.get().value()).orElseThrow(),
                message -> problems.add(factor.get().origin(), message + "; write a smaller factor")));
    }

    private Duration maxWait(Tree.Section limits) {
        Duration wait = Values.duration(value(limits, "max_wait")).orElseThrow();
        if (wait.compareTo(LONGEST_WAIT) > 0) {
            problems.add(limits.text("max_wait").orElseThrow().origin(), "is longer than a day; write 24h at most");
        }
        return wait;
    }

    /** Another layer may switch waiting off and leave its bounds where they are; in one place that is a mistake. */
    private void onlyWhenWaiting(Tree.Section limits, String name) {
        if (limits.text(name).isEmpty()
                || Values.normal(value(limits, "on_limit")).equals("wait")) {
            return;
        }
        Origin bound = limits.text(name).get().origin();
        Optional<Tree> policy = limits.at("on_limit");
        if (policy.isEmpty() || policy.get().origin().isBeside(bound)) {
            problems.add(bound, "has no effect without waiting; write on_limit: wait, or remove it");
        }
    }

    private static String value(Tree.Section limits, String name) {
        return limits.text(name).map(Tree.Text::value).orElseGet(() -> ConfigSchema.fallback(PATH + "." + name));
    }
}
