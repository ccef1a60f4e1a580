package dev.gateway4j.simulator.internal.strike;

import java.util.function.UnaryOperator;

/**
 * Answers whose content is wrong, made on the text of their JSON. A quotation mark inside a JSON string is always escaped, so a quoted
 * name found here is the name of a member, never a part of what was said.
 */
final class Rewrites {
    private Rewrites() {}

    /** Every text said becomes empty. */
    static String emptied(String text) {
        boolean deltas = text.contains("\"type\":\"response.output_text.delta\"");
        String without = each(text, deltas ? "delta" : "content", said -> "");
        return each(without, "text", said -> "");
    }

    /** Arguments lose their opening braces, and so are no JSON any more, whatever pieces they come in. */
    static String badArguments(String text) {
        boolean deltas = text.contains("\"type\":\"response.function_call_arguments.delta\"");
        return each(text, deltas ? "delta" : "arguments", said -> said.startsWith("{") ? said.substring(1) : said);
    }

    /** A choice ends for another reason. */
    static String finished(String text, String reason) {
        return each(text, "finish_reason", before -> reason);
    }

    /** A response is incomplete. */
    static String incomplete(String text, String reason) {
        boolean event = text.startsWith("event: ");
        if (event
                && !text.contains("\"type\":\"response.completed\"")
                && !text.contains("\"type\":\"response.output_item.done\"")) {
            return text;
        }
        String details = event
                ? "\"incomplete_details\":{\"reason\":\"" + reason + "\"}"
                : "\"incomplete_details\": {\n    \"reason\": \"" + reason + "\"\n  }";
        return each(text, "status", status -> status.equals("completed") ? "incomplete" : status)
                .replace("event: response.completed\n", "event: response.incomplete\n")
                .replace("\"type\":\"response.completed\"", "\"type\":\"response.incomplete\"")
                .replaceFirst("\"incomplete_details\": ?null", details);
    }

    /** The text with the string value of every member of this name changed; the value is what stands between the quotation marks. */
    private static String each(String text, String name, UnaryOperator<String> change) {
        String quoted = "\"" + name + "\":";
        StringBuilder changed = new StringBuilder(text.length());
        int from = 0;
        int at = text.indexOf(quoted);
        while (at >= 0) {
            int open = at + quoted.length();
            open += open < text.length() && text.charAt(open) == ' ' ? 1 : 0;
            int end = open;
            if (open < text.length() && text.charAt(open) == '"') {
                end = close(text, open + 1);
                changed.append(text, from, open + 1).append(change.apply(text.substring(open + 1, end)));
                from = end;
            }
            at = text.indexOf(quoted, end);
        }
        return changed.append(text, from, text.length()).toString();
    }

    private static int close(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, text.length());
    }
}
