package dev.gateway4j.simulator.internal.plan;

import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Format;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.request.ToolUse;
import dev.gateway4j.simulator.internal.request.Turn;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;

/** Tokens of a prompt, by rules measured on recordings of the real API. Thread-safe. */
public final class PromptTokens {
    private static final int FRAME = 3;
    private static final int PER_MESSAGE = 3;
    private static final int REASONING_PER_EARLIER_ANSWER = 2;
    private static final int CALL = 8;
    private static final int TOOLS = 9;
    /** With a system message, tools share its frame. */
    private static final int SHARED_FRAME = 4;

    private static final int TOOLS_OF_REASONING_CHAT = 80;

    private final Tokens tokens;

    /** Counts with this tokenizer. */
    public PromptTokens(Tokens tokens) {
        this.tokens = tokens;
    }

    /** What a request is billed as input. */
    public long count(Ask ask) {
        return count(ask.model(), ask.conversation()) + tools(ask) + format(ask);
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
                    + turn.otherTokens()
                    + calls(family, turn.calls());
            if (reasoning && turn.role().equals("assistant")) {
                sum += REASONING_PER_EARLIER_ANSWER;
            }
        }
        return sum;
    }

    private long calls(Family family, List<ToolUse> calls) {
        long sum = 0;
        for (ToolUse call : calls) {
            sum += (long) CALL
                    + tokens.count(family.encoding(), call.name())
                    + tokens.count(family.encoding(), call.arguments());
        }
        return sum;
    }

    private long tools(Ask ask) {
        List<Tool> tools = ask.tools().list().stream()
                .filter(tool -> tool.kind() != Tool.Kind.HOSTED)
                .toList();
        if (tools.isEmpty()) {
            return 0;
        }
        Family family = ask.model().family();
        ToolTokens.Rendered rendered = ToolTokens.render(tools);
        long sum = (long) tokens.count(family.encoding(), rendered.text()) + TOOLS - rendered.undescribed();
        if (family.reasoning() && family.prefix().startsWith("gpt-") && !OutputTokens.responses(ask)) {
            sum += TOOLS_OF_REASONING_CHAT;
        }
        return sum + shared(ask, family);
    }

    /** What it changes that tools follow the first system message after a line break. */
    private long shared(Ask ask, Family family) {
        for (Turn turn : ask.conversation().turns()) {
            if (turn.instructs()) {
                return (long) tokens.count(family.encoding(), turn.text() + "\n")
                        - tokens.count(family.encoding(), turn.text())
                        - SHARED_FRAME;
            }
        }
        return 0;
    }

    private long format(Ask ask) {
        Format format = ask.format();
        if (format.kind() != Format.Kind.JSON_SCHEMA) {
            return 0;
        }
        String read = "# Response Formats\n\n## " + format.name() + "\n\n" + format.schema();
        return tokens.count(ask.model().family().encoding(), read);
    }
}
