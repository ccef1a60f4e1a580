package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.encode.ChatBody;
import dev.gateway4j.simulator.internal.encode.ChatHead;
import dev.gateway4j.simulator.internal.encode.ChatStream;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.plan.PromptTokens;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code POST /v1/chat/completions}. */
final class ChatHandler implements Handler {
    private final Planner planner;
    private final PromptTokens promptTokens;

    ChatHandler(Planner planner, PromptTokens promptTokens) {
        this.planner = planner;
        this.promptTokens = promptTokens;
    }

    @Override
    public WireReply handle(Exchange exchange) {
        ChatRequest request =
                ChatRequest.read(exchange.request().body(), exchange.path().deployment());
        Ask ask = request.ask();
        long prompt = promptTokens.count(ask.model(), ask.conversation());
        if (prompt > ask.model().context()) {
            throw ErrorKind.CONTEXT.with(ask.model().context(), prompt);
        }
        Plan plan = planner.plan(ask, prompt, exchange.chance());
        ChatHead head =
                new ChatHead(exchange.ids().chat(exchange.seconds()), exchange.seconds(), ask.model(), request.tier());
        long charge = charge(ask.conversation());
        if (!request.stream()) {
            long after = plan.pace().whole(plan.usage().output());
            return Replies.whole(exchange, ChatBody.of(head, plan), OptionalLong.of(charge), after);
        }
        ChatStream events = new ChatStream(
                head,
                plan,
                request.usage(),
                Optional.of(exchange.chance().draws(Chance.Purpose.PADDING)).filter(draws -> request.obfuscation()),
                exchange.arrived());
        return Replies.stream(exchange, events, charge, plan.pace().first());
    }

    static long charge(Conversation conversation) {
        return Quota.charge(conversation.characters(), conversation.turns().size(), conversation.images());
    }
}
