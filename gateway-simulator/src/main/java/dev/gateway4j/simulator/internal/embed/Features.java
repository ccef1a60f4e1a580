package dev.gateway4j.simulator.internal.embed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a text is made of: its words, its pairs of words and the trigrams of its words, each with a weight. */
final class Features {
    private static final float WORD = 1f;
    private static final float SHORT_WORD = 0.35f;
    private static final float PAIR = 0.5f;
    private static final float TRIGRAM = 0.3f;
    private static final int SHORT = 3;
    private static final int GRAM = 3;

    private final Map<String, Float> weights = new LinkedHashMap<>();

    private Features() {}

    /** The features of a text; even a text without any word has one. */
    static Map<String, Float> of(String text) {
        Features features = new Features();
        List<String> words = words(text.toLowerCase(Locale.ROOT));
        for (int i = 0; i < words.size(); i++) {
            features.word(words.get(i));
            if (i > 0) {
                features.add("p:" + words.get(i - 1) + " " + words.get(i), PAIR);
            }
        }
        if (words.isEmpty()) {
            features.add("t:" + text, WORD);
        }
        return features.weights;
    }

    private void word(String word) {
        add("w:" + word, word.length() <= SHORT ? SHORT_WORD : WORD);
        String framed = "<" + word + ">";
        for (int i = 0; i + GRAM <= framed.length(); i++) {
            add("g:" + framed.substring(i, i + GRAM), TRIGRAM);
        }
    }

    private void add(String feature, float weight) {
        weights.merge(feature, weight, Float::sum);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= text.length(); i++) {
            boolean inside = i < text.length() && Character.isLetterOrDigit(text.charAt(i));
            if (inside && from < 0) {
                from = i;
            } else if (!inside && from >= 0) {
                words.add(text.substring(from, i));
                from = -1;
            }
        }
        return words;
    }
}
