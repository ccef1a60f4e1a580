package dev.gateway4j.simulator.internal.data;

import java.util.Locale;
import java.util.Optional;

/**
 * A question and its answer.
 *
 * @param prompt what the user says
 * @param answer what the assistant answers
 * @param model the model it is for, in which {@code *} stands for any characters
 * @param system a text that the operator must say
 * @param source where it comes from, such as {@code faq.csv:12}
 */
public record Sample(String prompt, String answer, Optional<String> model, Optional<String> system, String source) {
    /** A text by which equal questions are found: without case, white space made one. */
    static String normal(String text) {
        return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
