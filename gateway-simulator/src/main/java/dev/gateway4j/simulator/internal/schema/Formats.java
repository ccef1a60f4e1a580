package dev.gateway4j.simulator.internal.schema;

import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.Locale;

/** Texts of a format. */
final class Formats {
    private Formats() {}

    /** A text of this format; empty for a format nobody knows. */
    static String text(String format, Draws draws) {
        return switch (format) {
            case "date-time" -> date(draws) + "T" + time(draws) + "Z";
            case "date" -> date(draws);
            case "time" -> time(draws) + "Z";
            case "duration" -> duration(draws);
            case "email", "idn-email" -> Values.pick(Kind.EMAIL, "en", draws);
            case "hostname", "idn-hostname" ->
                Kind.words(Values.pick(Kind.COMPANY, "en", draws)).get(0) + ".example.com";
            case "ipv4" -> "192.0.2." + (1 + draws.below(254));
            case "ipv6" -> "2001:db8::" + Integer.toHexString(1 + draws.below(65_535));
            case "uuid" -> uuid(draws);
            case "uri", "iri", "url" -> Values.pick(Kind.URL, "en", draws);
            case "uri-reference", "iri-reference" -> "/items/" + (1 + draws.below(999));
            case "uri-template" -> "https://example.com/items/{id}";
            case "json-pointer" -> "/items/" + draws.below(9);
            case "relative-json-pointer" -> draws.below(3) + "/items";
            case "regex" -> "^[a-z]+$";
            case "byte" -> "aGVsbG8=";
            default -> "";
        };
    }

    static String date(Draws draws) {
        return two(2026, 4) + "-" + two(1 + draws.below(12), 2) + "-" + two(1 + draws.below(28), 2);
    }

    static String time(Draws draws) {
        return two(7 + draws.below(15), 2) + ":" + two(5 * draws.below(12), 2) + ":00";
    }

    private static String duration(Draws draws) {
        return draws.chance(0.5) ? "PT" + (5 + 5 * draws.below(11)) + "M" : "P" + (1 + draws.below(14)) + "D";
    }

    private static String uuid(Draws draws) {
        return draws.hex(8) + "-" + draws.hex(4) + "-4" + draws.hex(3) + "-" + "89ab".charAt(draws.below(4))
                + draws.hex(3) + "-" + draws.hex(12);
    }

    private static String two(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }
}
