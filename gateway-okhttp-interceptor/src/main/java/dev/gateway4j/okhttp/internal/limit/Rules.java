package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The limits of one scope. Of several for the same kind and window the one that fits the subject most closely counts: its own name, then the
 * pattern with most letters, then the one that everybody has.
 */
final class Rules {
    private final List<Named> closestFirst;
    private final boolean any;

    private record Named(LimitRule rule, Predicate<String> fits) {}

    private Rules(List<Named> closestFirst) {
        this.closestFirst = closestFirst;
        this.any = !closestFirst.isEmpty();
    }

    static Rules of(List<LimitRule> rules, LimitScope scope) {
        List<Named> closestFirst = rules.stream()
                .filter(rule -> rule.scope() == scope)
                .sorted(Comparator.comparing(LimitRule::subject, Comparator.comparingInt(Rules::distance)))
                .map(rule -> new Named(rule, fits(rule)))
                .toList();
        return new Rules(closestFirst);
    }

    /** True if anybody is limited. */
    boolean any() {
        return any;
    }

    /** The limits of one subject, in the order of the settings. */
    List<LimitRule> of(String subject) {
        Map<Object, LimitRule> closest = new LinkedHashMap<>();
        for (Named named : closestFirst) {
            if (named.fits.test(subject)) {
                closest.putIfAbsent(List.of(named.rule.kind(), named.rule.window()), named.rule);
            }
        }
        List<LimitRule> rules = new ArrayList<>(closest.values());
        rules.sort(Comparator.comparing(LimitRule::kind).thenComparing(LimitRule::window));
        return rules;
    }

    /** The names that have a limit of their own. */
    List<String> names() {
        return closestFirst.stream()
                .map(named -> named.rule.subject())
                .filter(name -> name.indexOf('*') < 0)
                .distinct()
                .toList();
    }

    private static int distance(String subject) {
        if (subject.equals(LimitRule.EACH)) {
            return Integer.MAX_VALUE;
        }
        return subject.indexOf('*') < 0 ? Integer.MIN_VALUE : -subject.length();
    }

    private static Predicate<String> fits(LimitRule rule) {
        if (rule.subject().equals(LimitRule.EACH)) {
            return subject -> true;
        }
        if (rule.scope() != LimitScope.MODEL || rule.subject().indexOf('*') < 0) {
            return rule.subject()::equals;
        }
        StringBuilder regex = new StringBuilder();
        for (String part : rule.subject().split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    }
}
