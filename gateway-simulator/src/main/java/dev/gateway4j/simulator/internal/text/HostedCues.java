package dev.gateway4j.simulator.internal.text;

import dev.gateway4j.simulator.internal.request.Tool;
import java.util.Map;
import java.util.regex.Pattern;

/** The words by which a prompt asks for what a tool of OpenAI's own does. */
final class HostedCues {
    /** A tool of its own that fits is taken before a search in files, which fits anything. */
    private static final int ANYTHING = 1;

    private static final Map<String, Pattern> CUES = Map.of(
            "image_generation",
            words("draw|paint|sketch|illustrat\\w*|image|picture|photo|logo|icon|drawing|painting"),
            "web_search",
            words("search|look up|google|browse|latest|news|today|current|currently|recent|recently"),
            "code_interpreter",
            words("calculat\\w*|comput(?:e|es|ing)|python|run|execute|plot|chart|solve|statistics|csv"));

    private HostedCues() {}

    /** How well a prompt fits a tool, given how well one fits that is asked for; 0 if not at all. */
    static int score(Tool tool, String prompt, int asked) {
        if (tool.name().equals("file_search")) {
            return ANYTHING;
        }
        String kind = tool.name().startsWith("web_search") ? "web_search" : tool.name();
        Pattern cue = CUES.get(kind);
        return cue != null && cue.matcher(prompt).find() ? asked : 0;
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
