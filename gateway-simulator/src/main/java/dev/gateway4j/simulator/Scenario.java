package dev.gateway4j.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * An answer that was agreed on beforehand: which requests, and what they get. Immutable.
 *
 * <pre>{@code
 * simulator.scenarios().add(
 *         Scenario.named("weather")
 *                 .when(it -> it.userSays("weather").model("gpt-4o*"))
 *                 .answer(Answer.call("get_weather", Map.of("city", "Paris"))),
 *         Scenario.named("weather told")
 *                 .when(it -> it.tool("get_weather").answered())
 *                 .answer(Answer.text("Sunny")));
 * }</pre>
 *
 * @param name its name, which journal and messages use; a later scenario of the same name takes its place
 * @param priority what counts before anything else where several match; 0 if none is given
 * @param match which requests it answers
 * @param answers what the first, second, … of them get
 * @param exhausted what follows after the last answer
 */
public record Scenario(String name, OptionalInt priority, Match match, List<Answer> answers, Exhausted exhausted) {
    /** What requests get after the last of several answers. */
    public enum Exhausted {
        /** The last answer again; the default. */
        LAST_REPEATS,
        /** The answer of the next scenario that matches, or of the sources after the scenarios. */
        NEXT_RULE,
        /** An error that says so. */
        ERROR
    }

    /** Copies the list. */
    public Scenario {
        answers = List.copyOf(answers);
    }

    /** A scenario of this name that matches everything and still needs an answer. */
    public static Scenario named(String name) {
        return new Scenario(name, OptionalInt.empty(), Match.any(), List.of(), Exhausted.LAST_REPEATS);
    }

    /** This scenario with a priority; the higher one answers. */
    public Scenario priority(int higherWins) {
        return new Scenario(name, OptionalInt.of(higherWins), match, answers, exhausted);
    }

    /** This scenario for these requests. */
    public Scenario when(Match which) {
        return new Scenario(name, priority, which, answers, exhausted);
    }

    /** This scenario for these requests, said from {@link Match#any()} on. */
    public Scenario when(UnaryOperator<Match> which) {
        return when(which.apply(Match.any()));
    }

    /** This scenario with this answer in place of all others. */
    public Scenario answer(Answer first) {
        return new Scenario(name, priority, match, List.of(first), exhausted);
    }

    /** This scenario with one more answer, for the request after those that got the others. */
    public Scenario then(Answer next) {
        List<Answer> more = new ArrayList<>(answers);
        more.add(next);
        return new Scenario(name, priority, match, more, exhausted);
    }

    /** This scenario with another end. */
    public Scenario whenExhausted(Exhausted end) {
        return new Scenario(name, priority, match, answers, end);
    }
}
