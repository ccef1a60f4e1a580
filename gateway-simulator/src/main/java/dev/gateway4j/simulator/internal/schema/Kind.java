package dev.gateway4j.simulator.internal.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a member seems to mean, by its name. The first that fits counts. */
enum Kind {
    EMAIL("email mail"),
    PHONE("phone mobile telephone tel"),
    URL("url uri link website homepage href"),
    UUID("uuid guid"),
    COUNTRY("country nation land pays"),
    LANGUAGE("language lang locale"),
    CURRENCY("currency"),
    TIMEZONE("timezone tz"),
    LATITUDE(-60, 70, "latitude lat"),
    LONGITUDE(-170, 170, "longitude lng lon"),
    DATETIME("datetime timestamp created updated"),
    DATE("date day birthday birthdate deadline due start end checkin checkout datum"),
    TIME("time hour"),
    UNIT("unit units"),
    STREET("street address road"),
    ZIP("zip postal postcode plz"),
    COMPANY("company organization organisation employer brand vendor firm"),
    PLACE(
            "city location place town destination origin departure arrival capital region area where venue stadt ort ville"
                    + " ciudad locations cities places from to"),
    QUERY("query question prompt search q input request keywords keyword topic subject text message content body"),
    EXPRESSION("expression formula equation calculation math"),
    SYMBOL("symbol ticker stock"),
    CODE("code python source script sql command"),
    TITLE("title headline heading label"),
    PERSON(
            "name author user customer person speaker assignee owner recipient sender contact firstname lastname participant"
                    + " participants people attendees"),
    COLOR("color colour"),
    CATEGORY("category tag tags genre topic type kind categories status label department sector"),
    SENTENCE("description summary explanation reason comment note notes details answer response output reasoning review"
            + " abstract final thought conclusion bio step steps fact facts"),
    KEY("key"),
    ID(1, 9_999, "id identifier number sku reference ref"),
    AGE(18, 79, "age years"),
    YEAR(1990, 2026, "year"),
    MONTH(1, 12, "month"),
    RATING(1, 5, "rating stars"),
    SHARE(0, 1, "confidence probability likelihood ratio similarity"),
    PERCENT(0, 100, "percent percentage score humidity progress"),
    PRICE(5, 500, "price cost amount total subtotal fee salary balance budget"),
    TEMPERATURE(-5, 34, "temperature temp"),
    COUNT(1, 10, "count quantity limit size days nights people guests items n amount top page"),
    POPULATION(10_000, 9_000_000, "population"),
    OTHER(1, 100, "");

    private final int low;
    private final int high;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of, never changed
    private final Set<String> words;

    Kind(String words) {
        this(1, 100, words);
    }

    Kind(int low, int high, String words) {
        this.low = low;
        this.high = high;
        this.words = words.isEmpty() ? Set.of() : Set.of(words.split(" "));
    }

    /** The smallest typical number. */
    int low() {
        return low;
    }

    /** The largest typical number. */
    int high() {
        return high;
    }

    /** True if a number of the prompt may be meant. */
    boolean lifted() {
        return this != SHARE && this != LATITUDE && this != LONGITUDE;
    }

    /** What a member of this name means; its description decides if the name says nothing. */
    static Kind of(String name, String description) {
        List<String> words = words(name);
        Kind byName = byWords(words);
        if (byName != OTHER || description.isEmpty()) {
            return byName;
        }
        List<String> said = words(description);
        return byWords(said.subList(0, Math.min(said.size(), 6)));
    }

    /** The last word says what a thing is, those before it what kind of thing. */
    private static Kind byWords(List<String> words) {
        for (int i = words.size() - 1; i >= 0; i--) {
            for (Kind kind : values()) {
                if (kind.words.contains(words.get(i)) || kind.words.contains(singular(words.get(i)))) {
                    return kind;
                }
            }
        }
        return OTHER;
    }

    static String singular(String word) {
        if (word.endsWith("ies") && word.length() > 4) {
            return word.substring(0, word.length() - 3) + "y";
        }
        return word.endsWith("s") && !word.endsWith("ss") && word.length() > 3
                ? word.substring(0, word.length() - 1)
                : word;
    }

    /** The words of a name in any of the usual writings, in lower case. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean hump = Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1));
            if (hump || !Character.isLetterOrDigit(c)) {
                end(word, words);
            }
            if (Character.isLetterOrDigit(c)) {
                word.append(c);
            }
        }
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }
}
