package dev.gateway4j.simulator.internal.request;

/**
 * One message of a conversation, whatever the endpoint it came by.
 *
 * @param role who speaks: system, developer, user, assistant, tool or function
 * @param text what is said, text parts joined by line breaks
 * @param images how many pictures come with it
 * @param otherTokens tokens of what is not text: pictures, sound, files
 */
public record Turn(String role, String text, int images, int otherTokens) {
    /** True if the operator says it rather than the user. */
    public boolean instructs() {
        return role.equals("system") || role.equals("developer");
    }
}
