package dev.gateway4j.simulator.internal.data;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.fake.Fakes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values that stand for others: the same for the same, never one for two, in the form of the original. Used by one thread at a time. */
final class Stand {
    private static final int TRIES = 64;
    private static final Pattern PREFIX = Pattern.compile("^([A-Za-z]+[-_])(?:proj-|svcacct-|admin-)?");

    private final long seed;
    private final Map<String, String> known = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    Stand(long seed) {
        this.seed = seed;
    }

    /** How many different values were replaced. */
    int size() {
        return known.size();
    }

    String secret(String value) {
        return stand(Kind.SECRET, value, draws -> {
            Matcher prefix = PREFIX.matcher(value);
            int keep = prefix.find() ? prefix.end() : value.startsWith("AKIA") ? 4 : 0;
            return value.substring(0, keep) + shaped(value.substring(keep), draws);
        });
    }

    String email(String value) {
        return stand(Kind.EMAIL, value.toLowerCase(Locale.ROOT), draws -> new Fakes(draws).of("email"));
    }

    /** The same country, the same length, the same blanks, and check digits that are right. */
    String iban(String value) {
        String compact = value.replace(" ", "");
        String stand = stand(
                Kind.IBAN, compact, draws -> Fakes.iban(compact.substring(0, 2), shaped(compact.substring(4), draws)));
        return spread(value, stand);
    }

    /** The same length, the same blanks and dashes, and a check digit that is right. */
    String card(String value) {
        String compact = value.replaceAll("\\D", "");
        String stand =
                stand(Kind.CARD, compact, draws -> Fakes.card("4000" + new Fakes(draws).digits(compact.length() - 5)));
        return spread(value, stand);
    }

    /** An address from the ranges that are set aside for documentation. */
    String ip(String value) {
        return stand(Kind.IP, value, draws -> {
            if (value.contains(":")) {
                return "2001:db8::" + Integer.toHexString(1 + draws.below(0xfffe));
            }
            String net = new Fakes(draws).one(List.of("192.0.2.", "198.51.100.", "203.0.113."));
            return net + (1 + draws.below(254));
        });
    }

    /** The same form; the country code stays. */
    String phone(String value) {
        String digits = value.replaceAll("\\D", "");
        String stand = stand(Kind.PHONE, digits, draws -> {
            int keep = value.startsWith("+") ? 2 : 1;
            return digits.substring(0, keep) + new Fakes(draws).digits(digits.length() - keep);
        });
        return spread(value, stand);
    }

    String id(String value) {
        return stand(Kind.ID, value, draws -> {
            Matcher prefix = PREFIX.matcher(value);
            int keep = prefix.find() ? prefix.end() : 0;
            return value.substring(0, keep) + shaped(value.substring(keep), draws);
        });
    }

    /** One part of a name, in the case of the original. */
    String name(String value, boolean first) {
        String stand = stand(Kind.NAME, value.toLowerCase(Locale.ROOT), draws -> {
            Fakes fakes = new Fakes(draws);
            String drawn = fakes.one(first ? Fakes.FIRST_NAMES : Fakes.LAST_NAMES);
            // There are more people than names here: a second drawing makes a new one of two halves.
            return draws.chance(0.5) ? drawn : drawn + fakes.one(List.of("ke", "lin", "son", "ra", "well", "ton"));
        });
        return value.equals(value.toUpperCase(Locale.ROOT)) ? stand.toUpperCase(Locale.ROOT) : stand;
    }

    private String stand(Kind kind, String value, Function<Draws, String> make) {
        String key = kind + "\0" + value;
        String before = known.get(key);
        if (before != null) {
            return before;
        }
        String made = value;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Draws draws = new Chance(seed, Fingerprint.of(kind.name(), value), attempt).draws(Chance.Purpose.TEMPLATE);
            made = make.apply(draws);
            if (!made.equals(value) && taken.add(kind + "\0" + made)) {
                break;
            }
        }
        known.put(key, made);
        return made;
    }

    /** Each digit a digit, each letter a letter of the same case, everything else as it is. */
    private static String shaped(String value, Draws draws) {
        StringBuilder shaped = new StringBuilder(value.length());
        boolean hex = value.matches("[0-9a-f-]+");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= '0' && c <= '9') {
                shaped.append((char) ('0' + draws.below(10)));
            } else if (c >= 'a' && c <= 'z') {
                shaped.append((char) ('a' + draws.below(hex ? 6 : 26)));
            } else if (c >= 'A' && c <= 'Z') {
                shaped.append((char) ('A' + draws.below(26)));
            } else {
                shaped.append(c);
            }
        }
        return shaped.toString();
    }

    /** Puts letters and digits in the places of those of the original, between its blanks and signs. */
    private static String spread(String form, String value) {
        StringBuilder spread = new StringBuilder(form.length());
        int next = 0;
        for (int i = 0; i < form.length(); i++) {
            char c = form.charAt(i);
            spread.append(Character.isLetterOrDigit(c) && next < value.length() ? value.charAt(next++) : c);
        }
        return spread.toString();
    }
}
