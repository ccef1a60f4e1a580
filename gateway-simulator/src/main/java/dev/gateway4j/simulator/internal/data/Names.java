package dev.gateway4j.simulator.internal.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of people: words after a title, words that introduce somebody, a common first name with the word after it, and what members such as
 * {@code full_name} hold. A word that was once found to be a name is one everywhere.
 */
final class Names {
    private static final String WORD = "\\p{Lu}[\\p{L}'’-]+";
    private static final Pattern TITLED =
            Pattern.compile("\\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Herrn|Frau|Monsieur|Madame|Señor|Señora)\\.? (" + WORD
                    + ")(?: (" + WORD + "))?");
    private static final Pattern INTRODUCED =
            Pattern.compile("\\b(?:[Mm]y name is|[Ii]ch hei(?:ß|ss)e|[Mm]ein Name ist|[Jj]e m'appelle|[Mm]e llamo) ("
                    + WORD + ")(?: (" + WORD + "))?");
    private static final Pattern FULL = Pattern.compile("\\b(" + WORD + ") (" + WORD + ")");
    private static final Pattern VALUE = Pattern.compile("(" + WORD + ")(?: " + WORD + "\\.?)*? (" + WORD + ")");
    private static final Set<String> COMMON = new HashSet<>(List.of(("James Mary Robert Patricia John Jennifer Michael"
                    + " Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen"
                    + " Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Margaret Donald Ashley Steven Kimberly"
                    + " Andrew Emily Paul Donna Joshua Michelle Kenneth Carol Kevin Amanda Brian Melissa George Deborah"
                    + " Timothy Stephanie Ronald Rebecca Jason Laura Edward Helen Jeffrey Sharon Ryan Cynthia Jacob"
                    + " Kathleen Nicholas Amy Eric Angela Jonathan Shirley Stephen Anna Larry Brenda Justin Pamela Scott"
                    + " Emma Brandon Nicole Benjamin Samantha Samuel Katherine Gregory Christine Frank Rachel Alexander"
                    + " Carolyn Raymond Janet Patrick Maria Jack Catherine Dennis Julia Peter Alice Bob Eve Hans Klaus"
                    + " Jürgen Stefan Wolfgang Ursula Monika Petra Sabine Katrin Anja Heike Jan Lukas Finn Mia Sophie"
                    + " Pierre Jean Marie Claire Camille Luc Carlos Jose José Juan Luis Carmen Ana Pedro Miguel Javier"
                    + " Giulia Marco Luca Sven Lars Ingrid Olga Ivan Natasha Ahmed Mohammed Fatima Ali Wei Li Hiroshi"
                    + " Yuki Priya Raj Amit")
            .split(" ", -1)));
    private static final Set<String> MEMBERS = Set.of(
            "first_name",
            "last_name",
            "full_name",
            "firstname",
            "lastname",
            "fullname",
            "customer_name",
            "user_name",
            "contact_name",
            "patient_name",
            "employee_name",
            "display_name",
            "surname",
            "given_name",
            "family_name",
            "customer",
            "contact");

    private final Set<String> firsts = new HashSet<>();
    private final Set<String> lasts = new HashSet<>();
    private Pattern all = Pattern.compile("(?!)");
    private boolean changed;

    /** Looks for names in a text. */
    void learn(String text) {
        learn(TITLED, text, true);
        learn(INTRODUCED, text, false);
        Matcher full = FULL.matcher(text);
        int from = 0;
        while (full.find(from)) {
            if (COMMON.contains(full.group(1))) {
                add(full.group(1), full.group(2));
            }
            from = full.end(1);
        }
    }

    /** Looks at the value of a member of JSON. */
    void learn(String member, String value) {
        Matcher two = VALUE.matcher(value);
        String name = member.toLowerCase(Locale.ROOT);
        if (MEMBERS.contains(name) || name.equals("name")) {
            if (two.matches()) {
                add(two.group(1), two.group(2));
            } else if (!name.equals("name") && value.matches(WORD)) {
                boolean last = List.of("last_name", "lastname", "surname", "family_name")
                        .contains(name);
                (last ? lasts : firsts).add(value);
                changed = true;
            }
        }
    }

    boolean isFirst(String word) {
        return firsts.contains(word);
    }

    /** Finds every name that was learnt. */
    Pattern pattern() {
        if (changed) {
            Set<String> words = new HashSet<>(firsts);
            words.addAll(lasts);
            String[] sorted = words.toArray(new String[0]);
            Arrays.sort(sorted, (a, b) -> b.length() - a.length());
            all = Pattern.compile("(?<![\\p{L}\\p{N}_@.])("
                    + String.join("|", Arrays.stream(sorted).map(Pattern::quote).toList()) + ")(?![\\p{L}\\p{N}_@])");
            changed = false;
        }
        return all;
    }

    private void learn(Pattern pattern, String text, boolean aloneIsLast) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            if (matcher.group(2) != null) {
                add(matcher.group(1), matcher.group(2));
            } else {
                (aloneIsLast ? lasts : firsts).add(matcher.group(1));
                changed = true;
            }
        }
    }

    private void add(String first, String last) {
        boolean newFirst = firsts.add(first);
        boolean newLast = lasts.add(last);
        changed |= newFirst || newLast;
    }
}
