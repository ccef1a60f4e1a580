package dev.gateway4j.simulator.internal.template;

import dev.gateway4j.simulator.internal.request.Ask;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which requests a template answers; a condition that is absent holds.
 *
 * @param model the model asked for
 * @param lastMessage what the user said last, found anywhere in it
 * @param contains a text in what the user said last, in any case
 * @param system what the operator says, found anywhere in it
 */
record Match(
        Optional<Pattern> model, Optional<Pattern> lastMessage, Optional<String> contains, Optional<Pattern> system) {
    static final Match ALL = new Match(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    boolean matches(Ask ask) {
        String said = ask.conversation().lastUserMessage();
        return model.filter(pattern -> !pattern.matcher(ask.model().id()).matches())
                        .isEmpty()
                && lastMessage.filter(pattern -> !pattern.matcher(said).find()).isEmpty()
                && contains.filter(text -> !lower(said).contains(lower(text))).isEmpty()
                && system.filter(pattern ->
                                !pattern.matcher(ask.conversation().system()).find())
                        .isEmpty();
    }

    /** A name in which a star stands for any characters. */
    static Pattern glob(String text) {
        return Pattern.compile(Pattern.quote(text).replace("*", "\\E.*\\Q"), Pattern.DOTALL);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
