package dev.gateway4j.cassette;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something to look at in a collection of cassettes.
 *
 * @param severity how bad it is
 * @param cassette the name of the cassette
 * @param place a JSON pointer into the file such as {@code /interactions/0/response/body}, followed by {@code #} and a pointer into the
 *     body where that says more; empty for the whole file
 * @param rule the name of the rule, the same for ever, such as {@code stale-length}
 * @param message what is the case, with its value, the rule, and the way out; never a secret
 */
public record Finding(Severity severity, String cassette, String place, String rule, String message) {
    private static final Pattern INTERACTION = Pattern.compile("/interactions/(\\d{1,9})(?:[/#].*)?");

    /** Which interaction it is about, counted from 0; empty for the whole file. */
    public OptionalInt interaction() {
        Matcher matcher = INTERACTION.matcher(place);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** One line, such as {@code warning chat-basic /interactions/0/request stale-length: content_length is 12, …}. */
    @Override
    public String toString() {
        return severity.text() + " " + cassette + (place.isEmpty() ? "" : " " + place) + " " + rule + ": " + message;
    }

    /** How bad a finding is, the worst first. */
    public enum Severity {
        /** Replay or a client goes wrong, or something must not be there. */
        ERROR,
        /** It works, though perhaps not as meant. */
        WARNING,
        /** Good to know. */
        INFO;

        /** In lower case. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
