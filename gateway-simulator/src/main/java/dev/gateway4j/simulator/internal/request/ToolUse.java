package dev.gateway4j.simulator.internal.request;

/**
 * A call of a tool that was made in the conversation.
 *
 * @param id the id by which its result refers to it
 * @param name the tool
 * @param arguments what it was called with, as sent
 */
public record ToolUse(String id, String name, String arguments) {}
