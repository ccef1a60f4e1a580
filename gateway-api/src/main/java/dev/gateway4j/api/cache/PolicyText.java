package dev.gateway4j.api.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes what a call asks of the cache. */
final class PolicyText {
    private static final String DIRECTIVES =
            "no-store, refresh, only-if-cached, exact, instant, paced, ttl=TIME, max-age=TIME, namespace=NAME";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})(ms|s|m|h|d|)");
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final int SHOWN = 40;

    private boolean noStore;
    private boolean refresh;
    private boolean onlyIfCached;
    private boolean exact;
    private Optional<Duration> ttl = Optional.empty();
    private Optional<Duration> maxAge = Optional.empty();
    private Optional<String> namespace = Optional.empty();
    private Optional<CachePolicy.Replay> replay = Optional.empty();

    private PolicyText() {}

    static CachePolicy parse(String text) {
        PolicyText read = new PolicyText();
        Set<String> seen = new HashSet<>();
        for (String part : text.split(",", -1)) {
            String directive = part.strip();
            if (directive.isEmpty()) {
                continue; // headers are often joined with a comma too many
            }
            int equals = directive.indexOf('=');
            String name = (equals < 0 ? directive : directive.substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            if (!seen.add(name)) {
                throw new IllegalArgumentException("cache policy: " + shown(name) + " stands twice; say it once");
            }
            if (equals < 0) {
                read.flag(name, directive);
            } else {
                read.value(name, directive.substring(equals + 1).strip(), directive);
            }
        }
        return read.policy();
    }

    private void flag(String name, String directive) {
        switch (name) {
            case "no-store" -> noStore = true;
            case "refresh" -> refresh = true;
            case "only-if-cached" -> onlyIfCached = true;
            case "exact" -> exact = true;
            case "instant" -> replay(CachePolicy.Replay.INSTANT);
            case "paced" -> replay(CachePolicy.Replay.PACED);
            case "ttl", "max-age" ->
                throw new IllegalArgumentException("cache policy: " + name + " has no time; write " + name + "=60s");
            case "namespace" ->
                throw new IllegalArgumentException("cache policy: namespace has no name; write namespace=glossary");
            default -> throw unknown(directive);
        }
    }

    private void value(String name, String value, String directive) {
        switch (name) {
            case "ttl" -> ttl = Optional.of(time(name, value));
            case "max-age" -> maxAge = Optional.of(time(name, value));
            case "namespace" -> namespace = Optional.of(value);
            case "no-store", "refresh", "only-if-cached", "exact", "instant", "paced" ->
                throw new IllegalArgumentException("cache policy: " + name + " takes no value; write it alone");
            default -> throw unknown(directive);
        }
    }

    private void replay(CachePolicy.Replay how) {
        if (replay.isPresent()) {
            throw contradiction("instant", "delivers all at once", "paced", "does not");
        }
        replay = Optional.of(how);
    }

    private CachePolicy policy() {
        return new CachePolicy(noStore, refresh, onlyIfCached, exact, ttl, maxAge, namespace, replay);
    }

    private static Duration time(String name, String text) {
        Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("cache policy: " + name + "=" + shown(text)
                    + " is not a time; write seconds such as 60, or 250ms, 60s, 5m, 1h, 7d");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofSeconds(number);
        };
    }

    static void checkTime(String name, Duration time) {
        boolean never = time.isZero() || time.isNegative();
        boolean tooLong = time.compareTo(LONGEST) > 0;
        if (never || tooLong || !Duration.ofMillis(time.toMillis()).equals(time)) {
            throw new IllegalArgumentException("cache policy: " + name
                    + (never
                            ? " is no time at all; write 1ms or more"
                            : " has to be whole milliseconds, 365 days at most")
                    + (name.equals("ttl") ? ", or no-store to keep nothing" : ", or refresh to ask anew"));
        }
    }

    static boolean isNamespace(String name) {
        return NAME.matcher(name).matches();
    }

    static void checkNamespace(String name) {
        if (!isNamespace(name)) {
            throw new IllegalArgumentException("cache policy: namespace=" + shown(name)
                    + " is not a usable name; write 1 to 64 letters, digits, dots, - and _");
        }
    }

    static IllegalArgumentException contradiction(String one, String does, String other, String doesElse) {
        return new IllegalArgumentException(
                "cache policy: " + one + " " + does + " and " + other + " " + doesElse + "; write one of them");
    }

    private static IllegalArgumentException unknown(String directive) {
        return new IllegalArgumentException(
                "cache policy: " + shown(directive) + " is not a directive; known are " + DIRECTIVES);
    }

    /** For a message: bounded, and nothing in it that breaks a line. */
    private static String shown(String text) {
        String bounded = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return '"' + bounded.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    static String of(CachePolicy policy) {
        List<String> directives = new ArrayList<>();
        add(directives, policy.noStore(), "no-store");
        add(directives, policy.refresh(), "refresh");
        add(directives, policy.onlyIfCached(), "only-if-cached");
        add(directives, policy.exact(), "exact");
        policy.ttl().ifPresent(time -> directives.add("ttl=" + of(time)));
        policy.maxAge().ifPresent(time -> directives.add("max-age=" + of(time)));
        policy.namespace().ifPresent(name -> directives.add("namespace=" + name));
        policy.replay().ifPresent(how -> directives.add(how.name().toLowerCase(Locale.ROOT)));
        return String.join(", ", directives);
    }

    private static void add(List<String> directives, boolean wanted, String directive) {
        if (wanted) {
            directives.add(directive);
        }
    }

    private static String of(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}
