package dev.gateway4j.simulator.internal.request;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of the form of a chat completion, beside what is asked of its content.
 *
 * @param logprobs how many alternatives are told with each token's probability; empty if none is told
 * @param functions true if tools are called in the older way
 * @param speech the format of speech; empty if nothing is spoken
 * @param stored true if the completion can be asked for again
 */
public record ChatOptions(OptionalInt logprobs, boolean functions, Optional<String> speech, boolean stored) {}
