package dev.gateway4j.simulator.internal.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prompts that say what the answer is to be. */
final class Literal {
    private static final int LONGEST = 2_000;
    private static final int MOST_WORDS = 6;
    private static final String VERB = "(?i)^(?:please\\s+|can you\\s+|could you\\s+)?(?:just\\s+|only\\s+)?"
            + "(?:say|repeat(?: after me)?|reply|respond|answer|output|write|return|print|echo)";
    private static final String FILLER =
            "(?:\\s+(?:with|exactly|only|just|back|verbatim|the|this|following|words?|text|phrase|string|message|me))*+";
    private static final Pattern MARKED = Pattern.compile(
            VERB + FILLER + "\\s*(?::\\s*[\"'`\u201c]?(.+?)[\"'`\u201d]?|[\"`\u201c](.+?)[\"`\u201d]|'(.+?)')"
                    + "(?:,?\\s+and nothing else)?[.!]?$",
            Pattern.DOTALL);
    private static final Pattern PLAIN = Pattern.compile(
            "(?i)^(?:please\\s+)?(?:say|echo|repeat|reply|respond|answer|output|return)(?:\\s+with)?(?:\\s+the words?)?"
                    + "(?:\\s+(?:exactly|only|just|the words?))+\\s+(.+?)(?:,?\\s+(?:and nothing else|only))?[.!]?$");

    private Literal() {}

    /** What is to be said, if the prompt is as simple as that. */
    static Optional<String> of(String prompt) {
        String asked = prompt.strip();
        if (asked.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher marked = MARKED.matcher(asked);
        if (marked.find()) {
            for (int group = 1; group <= marked.groupCount(); group++) {
                if (marked.group(group) != null && !marked.group(group).isBlank()) {
                    return Optional.of(marked.group(group).strip());
                }
            }
        }
        Matcher plain = PLAIN.matcher(asked);
        return plain.find() && plain.group(1).split("\\s+", -1).length <= MOST_WORDS
                ? Optional.of(plain.group(1))
                : Optional.empty();
    }
}
