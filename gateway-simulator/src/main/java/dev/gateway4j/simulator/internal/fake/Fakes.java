package dev.gateway4j.simulator.internal.fake;

import dev.gateway4j.simulator.internal.chance.Draws;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Invented values, drawn. Used by one thread at a time, as the draws are. */
public final class Fakes {
    /** First names. */
    public static final List<String> FIRST_NAMES = List.of(
            "Ada", "Ben", "Carla", "David", "Elena", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Klara", "Liam", "Maya",
            "Noah", "Olga", "Paul", "Quentin", "Rosa", "Samuel", "Tara", "Ursula", "Victor", "Wanda", "Yusuf", "Zoe");

    /** Last names. */
    public static final List<String> LAST_NAMES = List.of(
            "Adler", "Becker", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Hansen", "Ivanova", "Jensen", "Keller",
            "Lopez", "Meyer", "Nowak", "Olsen", "Petit", "Quist", "Rossi", "Silva", "Taylor", "Urban", "Vogel", "Weber",
            "Young", "Zeller");

    private static final List<String> CITIES = List.of(
            "Paris", "Berlin", "Madrid", "Lisbon", "Vienna", "Zurich", "Oslo", "Dublin", "Prague", "Athens", "Boston",
            "Toronto", "Osaka", "Nairobi", "Lima", "Sydney");
    private static final List<String> COUNTRIES = List.of(
            "France",
            "Germany",
            "Spain",
            "Portugal",
            "Austria",
            "Switzerland",
            "Norway",
            "Ireland",
            "Canada",
            "Japan",
            "Kenya",
            "Peru",
            "Australia");
    private static final List<String> STREETS =
            List.of("Main Street", "Mill Lane", "Station Road", "Park Avenue", "Church Street", "High Street");
    private static final List<String> TRADES =
            List.of("Logistics", "Foods", "Software", "Textiles", "Energy", "Instruments", "Travel", "Books");
    private static final List<String> FORMS = List.of("Ltd", "GmbH", "Inc", "AG", "SARL");
    private static final List<String> WORDS = List.of(
            "lorem",
            "ipsum",
            "dolor",
            "sit",
            "amet",
            "consectetur",
            "adipiscing",
            "elit",
            "sed",
            "do",
            "eiusmod",
            "tempor",
            "incididunt",
            "ut",
            "labore",
            "et",
            "dolore",
            "magna",
            "aliqua",
            "enim",
            "minim",
            "veniam",
            "quis",
            "nostrud");
    private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 1);
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    /** What can be invented, by its name. */
    public static final List<String> KINDS = List.of(
            "name",
            "first_name",
            "last_name",
            "email",
            "phone",
            "city",
            "country",
            "street",
            "company",
            "iban",
            "card",
            "date",
            "word",
            "sentence",
            "paragraph");

    private final Draws draws;

    /** Invents by these draws. */
    public Fakes(Draws draws) {
        this.draws = draws;
    }

    /**
     * A value of this kind.
     *
     * @throws IllegalArgumentException if there is no such kind
     */
    public String of(String kind) {
        return switch (kind) {
            case "name" -> one(FIRST_NAMES) + " " + one(LAST_NAMES);
            case "first_name" -> one(FIRST_NAMES);
            case "last_name" -> one(LAST_NAMES);
            case "email" -> email();
            case "phone" -> "+1-202-555-01" + digits(2);
            case "city" -> one(CITIES);
            case "country" -> one(COUNTRIES);
            case "street" -> one(STREETS) + " " + (1 + draws.below(120));
            case "company" -> one(LAST_NAMES) + " " + one(TRADES) + " " + one(FORMS);
            case "iban" -> iban("DE", digits(18));
            case "card" -> card("4000" + digits(11));
            case "date" -> date(FIRST_DAY, FIRST_DAY.plusYears(6));
            case "word" -> one(WORDS);
            case "sentence" -> sentence();
            case "paragraph" -> sentence() + " " + sentence() + " " + sentence();
            default -> throw new IllegalArgumentException("nothing is invented under the name " + kind);
        };
    }

    /** A day between these two, both included, as {@code 2025-03-14}. */
    public String date(LocalDate from, LocalDate to) {
        int days = (int) Math.max(0, Math.min(Integer.MAX_VALUE - 1, to.toEpochDay() - from.toEpochDay()));
        return from.plusDays(draws.below(days + 1)).toString();
    }

    /** A whole number between these two, both included. */
    public long between(long from, long to) {
        long span = to - from + 1;
        return span <= 1 ? from : from + Math.floorMod(draws.bits(), span);
    }

    /** So many digits. */
    public String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + draws.below(10)));
        }
        return digits.toString();
    }

    /** The number of an account with check digits that are right. */
    public static String iban(String country, String account) {
        StringBuilder numeric = new StringBuilder();
        (account + country + "00").chars().forEach(c -> numeric.append(Character.digit(c, 36)));
        int rest = new BigInteger(numeric.toString()).mod(NINETY_SEVEN).intValue();
        return country + String.format(Locale.ROOT, "%02d", 98 - rest) + account;
    }

    /** The number of a card: these digits and the check digit that is right for them. */
    public static String card(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit * 2 : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** One of these. */
    public <T> T one(List<T> options) {
        return options.get(draws.below(options.size()));
    }

    private String email() {
        String first = one(FIRST_NAMES).toLowerCase(Locale.ROOT);
        return first + "." + one(LAST_NAMES).toLowerCase(Locale.ROOT) + digits(2) + "@example.com";
    }

    private String sentence() {
        List<String> words = new ArrayList<>();
        int length = 6 + draws.below(7);
        for (int i = 0; i < length; i++) {
            words.add(one(WORDS));
        }
        String text = String.join(" ", words);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
