package dev.gateway4j.simulator.internal.endpoint.moderation;

import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.model.Resources;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Scores texts: those of the word list high, all others near zero. A text has the same scores in every run. Pictures are never harmful.
 * Thread-safe.
 */
public final class Judge {
    private static final double LIMIT = 0.5;
    private static final MathContext DIGITS = new MathContext(16);
    private static final List<Rule> RULES =
            Resources.lines("moderation.csv").stream().map(Rule::of).toList();

    private Judge() {}

    /** The names of the categories that a text is raised in, at this score or above. */
    public static List<String> raised(String text, double least) {
        return scores(text, true, false).entrySet().stream()
                .filter(score -> score.getValue().doubleValue() >= least)
                .map(score -> score.getKey().id())
                .toList();
    }

    /** The scores of a text, a picture or both. */
    static Map<Category, BigDecimal> scores(String text, boolean worded, boolean pictured) {
        Fingerprint fingerprint = Fingerprint.of("moderation", text);
        Draws draws = new Draws(fingerprint.high() ^ fingerprint.low());
        Map<Category, Double> found = worded ? found(text) : Map.of();
        Map<Category, BigDecimal> scores = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            double nothing = StrictMath.pow(10, -6.6 + 3.3 * draws.unit());
            double high = found.getOrDefault(category, 0.0);
            double score = high > 0 ? high + (1 - high) * 0.6 * draws.unit() : nothing;
            boolean judged = worded || (pictured && category.seen());
            scores.put(category, judged ? new BigDecimal(score).round(DIGITS) : BigDecimal.ZERO);
        }
        return scores;
    }

    /** True if a score raises its category. */
    static boolean raises(BigDecimal score) {
        return score.doubleValue() >= LIMIT;
    }

    private static Map<Category, Double> found(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        Map<Category, Double> found = new EnumMap<>(Category.class);
        for (Rule rule : RULES) {
            if (rule.words().matcher(lower).find()) {
                rule.categories().forEach(category -> found.merge(category, rule.score(), Math::max));
            }
        }
        return found;
    }

    private record Rule(double score, List<Category> categories, Pattern words) {
        static Rule of(String line) {
            String[] cells = line.split(",", 3);
            List<Category> categories = Pattern.compile(" ")
                    .splitAsStream(cells[1])
                    .map(id -> Category.of(id).orElseThrow())
                    .toList();
            return new Rule(Double.parseDouble(cells[0]), categories, Pattern.compile("\\b" + cells[2] + "\\b"));
        }
    }
}
