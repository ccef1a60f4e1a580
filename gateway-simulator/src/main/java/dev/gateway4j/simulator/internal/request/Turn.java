package dev.gateway4j.simulator.internal.request;

import java.util.List;

/**
 * One message of a conversation, whatever the endpoint it came by.
 *
 * @param role who speaks: system, developer, user, assistant, tool or function
 * @param text what is said, text parts joined by line breaks
 * @param images how many pictures come with it
 * @param otherTokens tokens of what is not text: pictures, sound, files
 * @param calls the tools an assistant calls
 * @param answers the id of the call a tool message answers; empty for other messages
 */
public record Turn(String role, String text, int images, int otherTokens, List<ToolUse> calls, String answers) {
    /** Copies the list. */
    public Turn {
        calls = List.copyOf(calls);
    }

    /** A message that is neither a tool's nor calls one. */
    public Turn(String role, String text, int images, int otherTokens) {
        this(role, text, images, otherTokens, List.of(), "");
    }

    /** True if the operator says it rather than the user. */
    public boolean instructs() {
        return role.equals("system") || role.equals("developer");
    }
}
