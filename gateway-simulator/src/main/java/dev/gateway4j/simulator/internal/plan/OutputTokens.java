package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.tokens.Tokens;

/** Tokens of an answer beside its text, by rules measured on recordings of the real API. */
final class OutputTokens {
    private static final int CHAT_CALL = 7;
    private static final int CHAT_CALL_REASONING = 16;
    private static final int CHAT_CALLS = 13;
    private static final int RESPONSES_CALL = 8;
    private static final int RESPONSES_CALL_GRAINED = 13;
    private static final int RESPONSES_CALL_REASONING = 12;
    private static final int RESPONSES_CALLS = 15;
    private static final int RESPONSES_REASONED = 6;
    private static final int RESPONSES_NOT_REASONED = 4;

    private final Tokens tokens;

    OutputTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The tokens of a call without those that frame all calls. */
    long call(Ask ask, PlannedCall call) {
        return (long) tokens.count(ask.model().family().encoding(), call.name())
                + call.arguments().tokens();
    }

    /** What frames an answer. */
    int framing(Ask ask, Choice choice, long reasoning) {
        Family family = ask.model().family();
        boolean responses = responses(ask);
        if (!choice.calls().isEmpty()) {
            return responses
                    ? calls(family, choice.calls().size())
                    : chatCalls(family, choice.calls().size());
        }
        if (!responses) {
            return choice.refusal().isEmpty() ? family.framing() : Math.max(1, family.framing());
        }
        if (family.reasoning()) {
            return reasoning > 0 ? RESPONSES_REASONED : RESPONSES_NOT_REASONED;
        }
        return ask.tools().list().isEmpty() ? 1 : 2;
    }

    private static int chatCalls(Family family, int count) {
        if (count > 1) {
            return CHAT_CALLS * count + 1;
        }
        return family.reasoning() ? CHAT_CALL_REASONING : CHAT_CALL;
    }

    private static int calls(Family family, int count) {
        if (count > 1) {
            return RESPONSES_CALLS * count;
        }
        if (!family.reasoning()) {
            return RESPONSES_CALL;
        }
        return family.grain() > 1 ? RESPONSES_CALL_GRAINED : RESPONSES_CALL_REASONING;
    }

    static boolean responses(Ask ask) {
        return ask.endpoint().contains("responses");
    }
}
