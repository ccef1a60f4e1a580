package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.api.config.CassetteConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces what tells who somebody is. What comes in its place is drawn from a hash of the value, so the same person is called the same in
 * all cassettes. It is a pseudonym: who suspects a value can check the suspicion. Immutable and thread-safe.
 */
final class People {
    private static final int LONGEST_LOCAL = 64;
    private static final Pattern DOMAIN =
            Pattern.compile("(?:[\\p{L}0-9](?:[\\p{L}0-9-]{0,61}[\\p{L}0-9])?\\.){1,8}+\\p{L}{2,24}+(?![\\p{L}0-9_-])");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9]\\d{9,14}+"
            + "|\\+[1-9]\\d{0,2}(?:[ ./-]{1,2}\\(?\\d{1,8}\\)?|\\(\\d{1,4}\\)){2,6}+"
            + "|\\(\\d{2,5}\\)[ -]?\\d{3,4}[ -]\\d{3,5}"
            + "|\\d{3}[ .-]\\d{3}[ .-]\\d{4}"
            + "|0\\d{2,4}[ /-]\\d{3,4}[ -]?\\d{3,5}");
    /** A domain that nobody has, by RFC 2606. */
    private static final String NOBODY = "@example.com";

    private static final Pattern OUR_PHONE = Pattern.compile("\\+1-[2-9]\\d\\d-555-01\\d\\d");
    private static final List<String> SYLLABLES =
            List.of("ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "ya", "zu");

    private final Set<CassetteConfig.Pii> kinds;
    /** By their first words in lower case; the longest first. */
    private final Map<String, List<String>> names = new HashMap<>();

    private People(Set<CassetteConfig.Pii> kinds, List<String> names) {
        this.kinds = kinds;
        for (String name : names) {
            String clean = name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
            if (!clean.isEmpty()) {
                this.names
                        .computeIfAbsent(clean.substring(0, wordEnd(clean, 0)), any -> new ArrayList<>())
                        .add(clean);
            }
        }
        this.names
                .values()
                .forEach(list ->
                        list.sort(Comparator.comparingInt(String::length).reversed()));
    }

    /** What these settings ask for; empty if they ask for nothing. */
    static Optional<People> of(CassetteConfig.Scrub settings) {
        boolean none = settings.pii().isEmpty() && settings.names().isEmpty();
        return none ? Optional.empty() : Optional.of(new People(settings.pii(), settings.names()));
    }

    /** Marks them, except in the names of members. */
    void find(Edits edits) {
        Edits found = new Edits(edits.text(), false);
        if (kinds.contains(CassetteConfig.Pii.EMAIL)) {
            emails(found);
        }
        if (kinds.contains(CassetteConfig.Pii.PHONE)) {
            phones(found);
        }
        if (!names.isEmpty()) {
            names(found);
        }
        if (!found.isEmpty()) {
            found.settled().stream()
                    .filter(edit -> !isMember(edits.text(), edit))
                    .forEach(edit -> edits.put(edit.from(), edit.to(), edit.with()));
        }
    }

    /** A name of a member that no text would be is left as it is, though somebody may be called so. */
    private static boolean isMember(String text, Edits.Edit edit) {
        int from = Chars.begin(text, edit.from(), Chars.TOKEN | Chars.DOT, LONGEST_LOCAL);
        int to = Chars.end(text, edit.to(), Chars.TOKEN | Chars.DOT);
        if (text.substring(from, to).indexOf(' ') >= 0) {
            return false;
        }
        to += text.startsWith("\\", to) ? 1 : 0;
        if (from == 0 || text.charAt(from - 1) != '"' || !text.startsWith("\"", to)) {
            return false;
        }
        int colon = to + 1;
        while (colon < text.length() && text.charAt(colon) <= ' ') {
            colon++;
        }
        return text.startsWith(":", colon);
    }

    private static void emails(Edits edits) {
        String text = edits.text();
        Matcher domain = DOMAIN.matcher(text);
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int from = at;
            while (from > 0 && at - from < LONGEST_LOCAL && isLocal(text.charAt(from - 1))) {
                from--;
            }
            while (from < at && !Character.isLetterOrDigit(text.charAt(from))) {
                from++;
            }
            if (from < at
                    && domain.region(at + 1, text.length())
                            .useTransparentBounds(true)
                            .lookingAt()) {
                String value = text.substring(from, domain.end());
                if (!value.endsWith(NOBODY) && !value.startsWith(Shapes.GONE + "@")) {
                    String hash = hash("email", value.toLowerCase(Locale.ROOT));
                    edits.put(from, domain.end(), "person-" + hash.substring(0, 8) + NOBODY);
                }
            }
        }
    }

    private static boolean isLocal(char c) {
        return Character.isLetterOrDigit(c) || "._%+-'".indexOf(c) >= 0;
    }

    private static void phones(Edits edits) {
        String text = edits.text();
        Matcher phone = PHONE.matcher(text).useTransparentBounds(true);
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean begins = (c == '+' || c == '(' || (c >= '0' && c <= '9')) && !isNumber(text, at - 1);
            if (begins && phone.region(at, text.length()).lookingAt() && !isNumber(text, phone.end())) {
                phone(edits, at, phone.end());
                at = phone.end();
            } else {
                at = c >= '0' && c <= '9' ? Chars.end(text, at, Chars.DIGIT) : at + 1;
            }
        }
    }

    /** True if what stands beside it makes it part of a longer number, word, date or sum. */
    private static boolean isNumber(String text, int at) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        boolean continues =
                (c == '.' || c == ',' || c == ':') && at + 1 < text.length() && Character.isDigit(text.charAt(at + 1));
        return Character.isLetterOrDigit(c) || "_+-/%$€£=".indexOf(c) >= 0 || continues;
    }

    private static void phone(Edits edits, int from, int to) {
        String value = edits.text().substring(from, to);
        String digits = value.replaceAll("\\D", "");
        if (digits.length() < 8
                || digits.length() > 15
                || isInCode(edits.text(), from, to)
                || OUR_PHONE.matcher(value).matches()) {
            return;
        }
        int drawn = Integer.parseUnsignedInt(hash("phone", digits).substring(0, 6), 16);
        edits.put(from, to, "+1-%d-555-01%02d".formatted(200 + drawn / 100 % 800, drawn % 100));
    }

    private void names(Edits edits) {
        String text = edits.text();
        int at = 0;
        while (at < text.length()) {
            if (!Character.isLetter(text.charAt(at))) {
                at++;
                continue;
            }
            int end = wordEnd(text, at);
            List<String> candidates =
                    isBroken(text, at - 1) ? names.get(text.substring(at, end).toLowerCase(Locale.ROOT)) : null;
            at = candidates == null ? end : name(edits, at, end, candidates);
        }
    }

    private static int name(Edits edits, int from, int firstEnd, List<String> candidates) {
        String text = edits.text();
        for (String candidate : candidates) {
            int to = from + candidate.length();
            if (text.regionMatches(true, from, candidate, 0, candidate.length())
                    && isBroken(text, to)
                    && !isInCode(text, from, to)) {
                edits.put(from, to, pseudonym(text.substring(from, to)));
                return to;
            }
        }
        return firstEnd;
    }

    /** In a picture anything may stand between two signs. */
    private static boolean isInCode(String text, int from, int to) {
        int before = from - Chars.begin(text, from, Chars.CODE, LONGEST_LOCAL);
        return before + Math.min(Chars.end(text, to, Chars.CODE) - to, LONGEST_LOCAL) >= LONGEST_LOCAL;
    }

    private static boolean isBroken(String text, int at) {
        return at < 0 || at >= text.length() || !(Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }

    private static int wordEnd(String text, int from) {
        int to = from;
        while (to < text.length() && Character.isLetterOrDigit(text.charAt(to))) {
            to++;
        }
        return to;
    }

    /** Each word of a name has its own pseudonym, written in small or capital letters as the word was. */
    private static String pseudonym(String name) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            int end = Character.isLetter(name.charAt(at)) ? wordEnd(name, at) : at;
            if (end == at) {
                out.append(name.charAt(at++));
            } else {
                out.append(word(name.substring(at, end)));
                at = end;
            }
        }
        return out.toString();
    }

    private static String word(String word) {
        String hash = hash("name", word.toLowerCase(Locale.ROOT));
        StringBuilder drawn = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            drawn.append(SYLLABLES.get(Character.digit(hash.charAt(i), 16)));
        }
        if (word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT))) {
            return drawn.toString().toUpperCase(Locale.ROOT);
        }
        if (Character.isUpperCase(word.charAt(0))) {
            drawn.setCharAt(0, Character.toUpperCase(drawn.charAt(0)));
        }
        return drawn.toString();
    }

    private static String hash(String kind, String value) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((kind + '\0' + value).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
