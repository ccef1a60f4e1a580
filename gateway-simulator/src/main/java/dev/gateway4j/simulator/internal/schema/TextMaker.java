package dev.gateway4j.simulator.internal.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes texts: those of the prompt where they fit, or some that suit format, pattern and name. Used by one generator. */
final class TextMaker {
    private static final int LONGEST = 100_000;
    private static final int ROOM = 24;

    private final Hints hints;
    private final Draws draws;
    private final Budget budget;

    TextMaker(Hints hints, Draws draws, Budget budget) {
        this.hints = hints;
        this.draws = draws;
        this.budget = budget;
    }

    JsonNode text(ObjectNode flat, Place place) {
        int least = flat.path("minLength").asInt(0);
        int most = flat.path("maxLength").asInt(Integer.MAX_VALUE);
        if (least > most) {
            throw place.impossible("'minLength' is more than 'maxLength'");
        }
        if (least > LONGEST) {
            throw place.impossible("'minLength' is more than the simulator writes");
        }
        String pattern = flat.path("pattern").asText();
        List<String> candidates = candidates(flat, place);
        for (String candidate : candidates) {
            int length = candidate.codePointCount(0, candidate.length());
            if (!candidate.isEmpty()
                    && length >= least
                    && length <= most
                    && Patterns.finds(pattern, candidate, budget)) {
                hints.usedText(candidate);
                return Nodes.text(candidate);
            }
        }
        if (!pattern.isEmpty()) {
            return Nodes.text(matching(pattern, least, most, place));
        }
        return Nodes.text(fitted(candidates.get(candidates.size() - 1), least, most));
    }

    private String matching(String pattern, int least, int most, Place place) {
        try {
            String text = RegexText.of(pattern, least, most, draws, budget);
            if (!text.isEmpty() || (Patterns.finds(pattern, text, budget) && least == 0)) {
                return text;
            }
        } catch (IllegalArgumentException notSupported) {
            throw place.impossible("pattern '" + pattern + "': " + notSupported.getMessage());
        }
        throw place.impossible("no text of the allowed length was found for pattern '" + pattern + "'");
    }

    /** What may be said here, best first. The last one is never empty. */
    private List<String> candidates(ObjectNode flat, Place place) {
        List<String> candidates = new ArrayList<>();
        String format = flat.path("format").asText();
        Kind kind = Kind.of(place.name(), Place.description(flat));
        candidates.addAll(hints.texts(kind, format));
        String formatted = Formats.text(format, draws);
        if (!formatted.isEmpty()) {
            candidates.clear();
            candidates.addAll(hints.texts(kind, format));
            candidates.add(formatted);
            return candidates;
        }
        flat.path("examples").forEach(example -> candidates.add(example.asText()));
        if (flat.path("default").isTextual()) {
            candidates.add(flat.path("default").asText());
        }
        candidates.add(named(kind));
        candidates.add(Values.pick(Kind.OTHER, hints.language(), draws));
        candidates.add(draws.alphanumeric(1));
        candidates.add(sentence());
        return candidates;
    }

    private String named(Kind kind) {
        return switch (kind) {
            case ID, KEY -> draws.alphanumeric(8).toLowerCase(Locale.ROOT);
            case UUID -> Formats.text("uuid", draws);
            case DATE -> Formats.date(draws);
            case TIME -> Formats.time(draws).substring(0, 5);
            case DATETIME -> Formats.text("date-time", draws);
            case AGE, YEAR, RATING, PERCENT, PRICE, TEMPERATURE, COUNT, POPULATION ->
                String.valueOf(kind.low() + draws.below(kind.high() - kind.low()));
            case QUERY -> Values.pick(hints.call() ? kind : Kind.SENTENCE, hints.language(), draws);
            default -> Values.pick(kind, hints.language(), draws);
        };
    }

    private String sentence() {
        return Values.pick(Kind.SENTENCE, hints.language(), draws);
    }

    private String fitted(String start, int least, int most) {
        StringBuilder text = new StringBuilder(start);
        int length = text.codePointCount(0, text.length());
        while (length < least) {
            String more = sentence();
            text.append(' ').append(more);
            length += 1 + more.codePointCount(0, more.length());
        }
        budget.letters(length, "");
        int wanted = Math.min(length, Math.max(least, Math.min(most, least + ROOM + draws.below(ROOM))));
        if (most >= length && least <= start.codePointCount(0, start.length())) {
            wanted = length;
        }
        String cut = text.substring(0, text.offsetByCodePoints(0, wanted));
        // A blank at the end would read as a mistake.
        return cut.endsWith(" ") ? cut.substring(0, cut.length() - 1) + "." : cut;
    }
}
