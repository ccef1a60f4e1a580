package dev.gateway4j.okhttp.internal.cache.semantic.guard;

import java.util.List;

/**
 * Where in a text the question stands that somebody has dressed in a greeting, in a request to be told and in thanks. These are taken off
 * only where a comma or the question itself leaves no doubt: {@code Hello, world} greets nobody.
 *
 * @param from the first word of it
 * @param to the end of it, without a full stop or question mark
 * @param embedded true if it was part of a sentence, where words stand as in {@code tell me what it is}
 * @param asks true if a question mark stood at its end
 */
record Core(int from, int to, boolean embedded, boolean asks) {
    private static final String AFTER_GREETING = ",.!";
    private static final String BEFORE_THANKS = ",.?!";

    static Core of(List<String> words, Lexicon lexicon) {
        int to = withoutThanks(words, lexicon);
        boolean asks = false;
        if (to > 1 && ends(words, to) && !isOneOf(words.get(to - 2), ".,;:?!…")) {
            asks = isOneOf(words.get(to - 1), "?？");
            to--;
        }
        int from = withoutGreetings(words.subList(0, to), lexicon);
        int frame = lexicon.frames.length(words, from);
        boolean embedded = frame > 0 && from + frame < to && lexicon.embeddable.contains(words.get(from + frame));
        return new Core(embedded ? from + frame : from, to, embedded, asks);
    }

    private static boolean ends(List<String> words, int to) {
        return isOneOf(words.get(to - 1), ".?。？");
    }

    private static boolean isOneOf(String word, String marks) {
        return word.length() == 1 && marks.contains(word);
    }

    private static int withoutThanks(List<String> words, Lexicon lexicon) {
        int end = words.size();
        if (end > 0 && isOneOf(words.get(end - 1), ".!")) {
            end--;
        }
        int thanks = lexicon.thanks.lengthBefore(words, end);
        int before = end - thanks;
        if (thanks == 0 || before < 2 || !isOneOf(words.get(before - 1), BEFORE_THANKS)) {
            return words.size();
        }
        return words.get(before - 1).equals(",") ? before - 1 : before;
    }

    private static int withoutGreetings(List<String> words, Lexicon lexicon) {
        int from = 0;
        int greeting = lexicon.greetings.length(words, from);
        if (greeting > 0
                && greeting + 1 < words.size()
                && isOneOf(words.get(greeting), AFTER_GREETING)
                && begins(words, greeting + 1, lexicon)) {
            from = greeting + 1;
        }
        int request = lexicon.requests.length(words, from);
        boolean comma =
                from + request < words.size() && words.get(from + request).equals(",");
        int next = from + request + (comma ? 1 : 0);
        from = request > 0 && begins(words, next, lexicon) ? next : from;
        int order = from + lexicon.polite.length(words, from);
        return order > from && order < words.size() && lexicon.orders.contains(words.get(order)) ? order : from;
    }

    /** Whether a question, a request or a frame begins here. */
    private static boolean begins(List<String> words, int at, Lexicon lexicon) {
        return at < words.size()
                && (lexicon.openers.contains(words.get(at))
                        || lexicon.requests.length(words, at) > 0
                        || lexicon.frames.length(words, at) > 0);
    }
}
