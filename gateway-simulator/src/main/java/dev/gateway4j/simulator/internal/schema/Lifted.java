package dev.gateway4j.simulator.internal.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be lifted from a prompt: places, names, numbers, dates and so on, in their order. Immutable. */
final class Lifted {
    static final Lifted NOTHING = new Lifted("");

    private static final int LOOKED_AT = 4_000;
    private static final String NAME =
            "\\p{Lu}[\\p{L}'\u2019]*+(?:-\\p{L}+)?(?:[ ]\\p{Lu}[\\p{L}'\u2019]*+(?:-\\p{L}+)?)*+";
    private static final String AND =
            "(?:\\s*,\\s*(?:and|or|und|et|y)\\s+|\\s*,\\s*|\\s+(?:and|or|und|oder|et|ou|y|o|&|vs\\.?|versus)\\s+)";
    private static final Pattern PLACED = Pattern.compile(
            "(?<!\\p{L})(?:[Ii]n|[Aa]t|[Ff]or|[Ff]rom|[Tt]o|[Nn]ear|[Oo]f|[Bb]etween|[Nn]ach|[Vv]on|\u00e0|de|en|a|para|pour)\\s+((?:"
                    + NAME + ")(?:" + AND + "(?:in |for )?(?:" + NAME + "))*+)");
    private static final Pattern NAMED = Pattern.compile("(?<!\\p{L})" + NAME);
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}\\d.:/-])-?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?(?![\\d:/]|[.,]\\d|-\\d)");
    private static final Pattern DATE = Pattern.compile("(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?!\\d)");
    private static final Pattern TIME = Pattern.compile("(?<!\\d)\\d{1,2}:\\d{2}(?!\\d)");
    private static final Pattern EMAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+");
    private static final Pattern URL = Pattern.compile("https?://[^\\s\"'<>)]+[^\\s\"'<>).,;:!?]");
    private static final Pattern QUOTED = Pattern.compile(
            "\"([^\"\\n]{1,200})\"|\u201c([^\u201d\\n]{1,200})\u201d|\u00ab\\s?([^\u00bb\\n]{1,200}?)\\s?\u00bb|`([^`\\n]{1,200})`|(?<!\\p{L})'([^'\\n]{1,200})'(?!\\p{L})");
    private static final Pattern EXPRESSION =
            Pattern.compile("\\(*-?\\d[\\d.() ]*(?:\\s*[-+*/^\u00d7\u00f7%]\\s*\\(*\\d[\\d.]*\\)*)+");
    private static final Pattern SYMBOL = Pattern.compile("(?<![\\p{L}\\d])\\p{Lu}{2,5}(?![\\p{L}\\d])");
    private static final Set<String> NO_NAMES = Set.of(
            "i",
            "json",
            "celsius",
            "fahrenheit",
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "english",
            "german",
            "french",
            "spanish",
            "the",
            "what",
            "how",
            "please",
            "today",
            "tomorrow",
            "api",
            "usd",
            "eur",
            "gbp");

    private final String text;
    private final String normal;

    Lifted(String prompt) {
        this.text = prompt.substring(0, Math.min(prompt.length(), LOOKED_AT));
        this.normal = normal(text);
    }

    String text() {
        return text;
    }

    boolean mentions(String word) {
        String wanted = normal(word);
        return wanted.length() > 3 && normal.contains(wanted);
    }

    /** Names after a word such as in or from; else other names that are known places. */
    List<String> places() {
        Set<String> places = new LinkedHashSet<>();
        Matcher matcher = PLACED.matcher(text);
        while (matcher.find()) {
            for (String part : matcher.group(1).split(AND + "(?:in |for )?", -1)) {
                add(part, places);
            }
        }
        if (places.isEmpty()) {
            for (String place : Values.everywhere(Kind.PLACE)) {
                int at = normal.indexOf(normal(place));
                if (at >= 0) {
                    places.add(place);
                }
            }
            List<String> ordered = new ArrayList<>(places);
            ordered.sort(Comparator.comparingInt(place -> normal.indexOf(normal(place))));
            return ordered;
        }
        return withRegions(places);
    }

    /** Names that do not begin a sentence. */
    List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            String before = text.substring(0, matcher.start()).stripTrailing();
            boolean begins = before.isEmpty() || ".!?:\n".indexOf(before.charAt(before.length() - 1)) >= 0;
            boolean full = matcher.group().indexOf(' ') > 0;
            if (!begins || full) {
                add(matcher.group(), names);
            }
        }
        return List.copyOf(names);
    }

    List<String> known(Kind kind) {
        return Values.everywhere(kind).stream().filter(this::mentions).toList();
    }

    List<BigDecimal> numbers() {
        List<BigDecimal> numbers = new ArrayList<>();
        for (String number : all(NUMBER)) {
            if (number.length() < 20) {
                numbers.add(new BigDecimal(number.replace(",", "")));
            }
        }
        return numbers;
    }

    List<String> dates() {
        return all(DATE);
    }

    List<String> times() {
        return all(TIME);
    }

    List<String> emails() {
        return all(EMAIL);
    }

    List<String> urls() {
        return all(URL);
    }

    List<String> symbols() {
        return all(SYMBOL).stream()
                .filter(symbol -> !NO_NAMES.contains(symbol.toLowerCase(Locale.ROOT)))
                .toList();
    }

    List<String> expressions() {
        return all(EXPRESSION).stream().map(String::strip).toList();
    }

    List<String> quoted() {
        List<String> quoted = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    quoted.add(matcher.group(group));
                }
            }
        }
        return quoted;
    }

    private List<String> all(Pattern pattern) {
        List<String> all = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            all.add(matcher.group());
        }
        return all;
    }

    private static void add(String name, Set<String> names) {
        if (!name.isBlank() && !NO_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            names.add(name.strip());
        }
    }

    /** Two capitals after a place are the region it lies in: San Francisco, CA. */
    private static List<String> withRegions(Set<String> places) {
        List<String> whole = new ArrayList<>();
        for (String place : places) {
            boolean region = place.length() == 2 && place.equals(place.toUpperCase(Locale.ROOT));
            if (region && !whole.isEmpty()) {
                whole.set(whole.size() - 1, whole.get(whole.size() - 1) + ", " + place);
            } else {
                whole.add(place);
            }
        }
        return whole;
    }

    private static String normal(String text) {
        StringBuilder normal = new StringBuilder(text.length() + 2).append(' ');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = Character.isLetterOrDigit(c);
            if (word || normal.charAt(normal.length() - 1) != ' ') {
                normal.append(word ? Character.toLowerCase(c) : ' ');
            }
        }
        return normal.charAt(normal.length() - 1) == ' '
                ? normal.toString()
                : normal.append(' ').toString();
    }
}
