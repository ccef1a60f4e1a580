package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Turn;
import dev.gateway4j.simulator.internal.tokens.Tokens;

/** Tokens of a prompt, by rules measured on recordings of the real API. */
public final class PromptTokens {
    private static final int FRAME = 3;
    private static final int PER_MESSAGE = 3;
    private static final int REASONING_PER_EARLIER_ANSWER = 2;

    private final Tokens tokens;

    /** Counts with this tokenizer. */
    public PromptTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    /** What the conversation is billed as input of this model. */
    public long count(Model model, Conversation conversation) {
        Family family = model.family();
        boolean reasoning = family.reasoning();
        long sum = reasoning ? FRAME - 1 : FRAME;
        for (Turn turn : conversation.turns()) {
            sum += PER_MESSAGE
                    + tokens.count(family.encoding(), turn.role())
                    + tokens.count(family.encoding(), turn.text())
                    + turn.otherTokens();
            if (reasoning && turn.role().equals("assistant")) {
                sum += REASONING_PER_EARLIER_ANSWER;
            }
        }
        return sum;
    }
}
