package dev.gateway4j.testkit;

import dev.gateway4j.simulator.Answer;
import java.util.List;

/** Calls of one tool, to be narrowed and checked. Made by {@link Verify}. */
public final class ToolCheck {
    private final Verify verify;
    private final String name;
    private final List<Answer.Call> calls;

    ToolCheck(Verify verify, String name, List<Answer.Call> calls) {
        this.verify = verify;
        this.name = name;
        this.calls = calls;
    }

    /** Checks that there is exactly one. */
    public ToolCheck once() {
        return times(1);
    }

    /** Checks that there is none. */
    public ToolCheck never() {
        return times(0);
    }

    /** Checks that there are exactly so many. */
    public ToolCheck times(int expected) {
        if (calls.size() != expected) {
            throw verify.failure(expected + " calls of the tool " + name + ", found " + shown());
        }
        return this;
    }

    /**
     * Checks that there are calls with this argument, and goes on with them.
     *
     * @param pointer where, as a JSON pointer such as {@code /city}
     * @param value a text, number, boolean, list or map
     */
    public ToolCheck withArgument(String pointer, Object value) {
        List<Answer.Call> found =
                calls.stream().filter(call -> call.hasArgument(pointer, value)).toList();
        if (found.isEmpty()) {
            throw verify.failure(
                    "a call of the tool " + name + " with " + value + " at " + pointer + ", found " + shown());
        }
        return new ToolCheck(verify, name, found);
    }

    /** The calls, in order. */
    public List<Answer.Call> calls() {
        return calls;
    }

    /** Goes on with the whole journal. */
    public Verify and() {
        return verify;
    }

    private String shown() {
        return calls.isEmpty()
                ? "none"
                : calls.size() + ": "
                        + String.join(
                                ", ", calls.stream().map(Answer.Call::arguments).toList());
    }
}
