package dev.gateway4j.simulator.internal.scenario;

import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.internal.template.Phrase;
import java.util.List;

/**
 * The scenario that answers a request.
 *
 * @param name its name
 * @param step which of its answers this is, counted from 1
 * @param answer the answer
 * @param phrase what its template says
 * @param rivals others that matched and weigh the same
 * @param exhausted true if it has no answer left, which is an error
 */
record Chosen(String name, int step, Answer answer, Phrase phrase, List<String> rivals, boolean exhausted) {}
