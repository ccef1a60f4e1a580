package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import dev.gateway4j.okhttp.internal.cache.semantic.guard.Token.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The same numbers with the same units, in the same order: digits, number words, ordinals, signs of money and of percent. */
final class NumberGuard implements Guard {
    /** Units with two spellings. What is not listed has to be spelled alike. */
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("kilometers", "km"),
            Map.entry("kilometres", "km"),
            Map.entry("kilometer", "km"),
            Map.entry("kilometre", "km"),
            Map.entry("kilograms", "kg"),
            Map.entry("kilogram", "kg"),
            Map.entry("centimeters", "cm"),
            Map.entry("centimetres", "cm"),
            Map.entry("percent", "%"),
            Map.entry("prozent", "%"),
            Map.entry("°c", "celsius"),
            Map.entry("°f", "fahrenheit"));

    @Override
    public boolean agree(Wording one, Wording other) {
        return quantities(one).equals(quantities(other));
    }

    /** Each number and the word after it, which may be its unit. */
    private static List<String> quantities(Wording wording) {
        List<String> quantities = new ArrayList<>();
        for (int i = 0; i < wording.words().size(); i++) {
            String number = number(wording, i);
            if (!number.isEmpty()) {
                quantities.add(number);
                quantities.add(
                        i + 1 < wording.words().size() ? unit(wording.words().get(i + 1)) : "");
            }
        }
        return quantities;
    }

    private static String unit(String word) {
        return Plurals.singular(UNITS.getOrDefault(word, word));
    }

    /** The number at this place, in one spelling; empty if there is none. */
    private static String number(Wording wording, int at) {
        Token token = wording.tokens().get(at);
        String word = wording.words().get(at);
        if (token.is(Kind.NUMBER) || isOtherNumber(word)) {
            return word;
        }
        return wording.lexicon().numbers.getOrDefault(word, "");
    }

    /** Such as {@code ½} or {@code ²}, or a sign of money. */
    private static boolean isOtherNumber(String word) {
        return word.codePoints()
                .anyMatch(c -> Character.getType(c) == Character.OTHER_NUMBER
                        || Character.getType(c) == Character.LETTER_NUMBER
                        || Character.getType(c) == Character.CURRENCY_SYMBOL
                        || c == '%'
                        || c == '‰'
                        || c == '°');
    }

    /** All numbers of a text, without what stands beside them, sorted. */
    static List<String> figures(Wording wording) {
        List<String> figures = new ArrayList<>();
        for (Token token : wording.tokens()) {
            String number = withoutSigns(token.word());
            if (token.is(Kind.NUMBER) || (token.is(Kind.CODE) && isPlain(number))) {
                figures.add(value(number, wording.language()));
            }
        }
        Collections.sort(figures);
        return figures;
    }

    /** An answer may cry {@code 5!} or quote {@code "5"}. */
    private static String withoutSigns(String word) {
        int end = word.length();
        while (end > 0 && "'!\"”".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    private static boolean isPlain(String number) {
        return !number.isEmpty() && number.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == ',');
    }

    /** Takes out what separates thousands, where the language leaves no doubt that it does; every other spelling stays as it is. */
    static String value(String number, String language) {
        char separator =
                switch (language) {
                    case "en" -> ',';
                    case "de", "es" -> '.';
                    default -> 0;
                };
        int sign = number.startsWith("-") || number.startsWith("+") ? 1 : 0;
        int end = number.length();
        int at = sign;
        while (at < end && Character.isDigit(number.charAt(at))) {
            at++;
        }
        boolean grouped = separator != 0 && at - sign >= 1 && at - sign <= 3 && at < end && number.charAt(sign) != '0';
        for (int i = at; grouped && i < end; i += 4) {
            grouped = number.charAt(i) == separator
                    && i + 3 < end
                    && number.substring(i + 1, i + 4).chars().allMatch(Character::isDigit);
        }
        return grouped ? number.replace(Character.toString(separator), "") : number;
    }
}
