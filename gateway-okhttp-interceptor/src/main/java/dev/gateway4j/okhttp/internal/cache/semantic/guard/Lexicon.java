package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is known about the words of one language. Read once from a file beside this class, in sections:
 *
 * <ul>
 *   <li>{@code signs}: words by which the language is known
 *   <li>{@code numbers}: words that stand for a number, as {@code two=2}; and others that say how many, as they are
 *   <li>{@code times}: words that say when
 *   <li>{@code polarity}: negations and words that have an opposite
 *   <li>{@code questions}: words that say what is asked for; {@code word=other} where two ask for the same
 *   <li>{@code directions}: words around which an exchange of what stands beside them changes the meaning
 *   <li>{@code literal}: words after which other words are meant literally
 *   <li>{@code opening}: the same for words that do so at the beginning only
 *   <li>{@code same}: groups of words that mean the same wherever they stand, one group a line
 *   <li>{@code phrases}: what may be said in another way at the beginning, as {@code for what reason = why}
 *   <li>{@code how}: what {@code how to} may be called at the beginning, before one of the {@code actions}: how do I look is not how to look
 *   <li>{@code actions}: verbs of what one does on purpose
 *   <li>{@code greetings}: before a comma and a question; {@code requests}: before a question; {@code polite}: before one of the {@code orders}
 *   <li>{@code thanks}: after a mark, at the end
 *   <li>{@code frames}: what asks to be told, before one of the {@code embeddable} words
 *   <li>{@code openers}: words with which a question may begin
 *   <li>{@code plain}: words that show by themselves that a question begins; {@code wh}: those that do before one of {@code afterwh}
 * </ul>
 */
final class Lexicon {
    private static final String[] WITH_LEXICON = {"en", "de", "fr", "es"};
    private static final Map<String, Lexicon> ALL =
            Arrays.stream(WITH_LEXICON).collect(Collectors.toUnmodifiableMap(language -> language, Lexicon::read));

    /** Knows no word: whatever is said in a language without a lexicon has to be the same word for word. */
    private static final Lexicon NONE = new Lexicon(Map.of());

    final Set<String> signs;
    final Map<String, String> numbers;
    final Set<String> times;
    final Set<String> polarity;
    final Map<String, String> questions;
    final Set<String> directions;
    final Set<String> literal;
    final Set<String> opening;
    final Map<String, String> same;
    final Phrases phrases;
    final Phrases how;
    final Phrases actions;
    final Phrases greetings;
    final Phrases requests;
    final Phrases polite;
    final Set<String> orders;
    final Phrases thanks;
    final Phrases frames;
    final Set<String> embeddable;
    final Set<String> openers;
    final Set<String> plain;
    final Set<String> wh;
    final Set<String> afterWh;

    private Lexicon(Map<String, List<String>> sections) {
        signs = words(sections, "signs");
        numbers = pairs(sections, "numbers");
        times = words(sections, "times");
        polarity = words(sections, "polarity");
        questions = pairs(sections, "questions");
        directions = words(sections, "directions");
        literal = words(sections, "literal");
        opening = words(sections, "opening");
        same = groups(sections.getOrDefault("same", List.of()));
        phrases = phrases(sections, "phrases");
        how = phrases(sections, "how");
        actions = phrases(sections, "actions");
        greetings = phrases(sections, "greetings");
        requests = phrases(sections, "requests");
        polite = phrases(sections, "polite");
        orders = words(sections, "orders");
        thanks = phrases(sections, "thanks");
        frames = phrases(sections, "frames");
        embeddable = words(sections, "embeddable");
        openers = words(sections, "openers");
        plain = words(sections, "plain");
        wh = words(sections, "wh");
        afterWh = words(sections, "afterwh");
    }

    private static Phrases phrases(Map<String, List<String>> sections, String name) {
        return new Phrases(sections.getOrDefault(name, List.of()));
    }

    /** The lexicon of a language such as {@code en}; one that is empty if there is none. */
    static Lexicon of(String language) {
        return ALL.getOrDefault(language, NONE);
    }

    /** All lexicons, by language. */
    static Map<String, Lexicon> all() {
        return ALL;
    }

    private static Set<String> words(Map<String, List<String>> sections, String name) {
        Set<String> words = new HashSet<>();
        for (String line : sections.getOrDefault(name, List.of())) {
            words.addAll(List.of(line.split(" ", -1)));
        }
        return Set.copyOf(words);
    }

    private static Map<String, String> pairs(Map<String, List<String>> sections, String name) {
        Map<String, String> pairs = new HashMap<>();
        for (String word : words(sections, name)) {
            int equals = word.indexOf('=');
            pairs.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
        }
        return Map.copyOf(pairs);
    }

    private static Map<String, String> groups(List<String> lines) {
        Map<String, String> same = new HashMap<>();
        for (String line : lines) {
            String[] group = line.split(" ", -1);
            for (String word : group) {
                same.put(word, group[0]);
            }
        }
        return Map.copyOf(same);
    }

    private static Lexicon read(String language) {
        Map<String, List<String>> sections = new HashMap<>();
        List<String> section = new ArrayList<>();
        for (String line : lines(language + ".txt")) {
            if (line.startsWith("[")) {
                section = sections.computeIfAbsent(line.substring(1, line.length() - 1), name -> new ArrayList<>());
            } else if (!line.isBlank()) {
                section.add(line.strip());
            }
        }
        return new Lexicon(sections);
    }

    static List<String> lines(String file) {
        try (InputStream in = Lexicon.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
