package dev.gateway4j.simulator.internal.endpoint.core;

import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.encode.AzureBodies;
import dev.gateway4j.simulator.internal.encode.AzureStream;
import dev.gateway4j.simulator.internal.encode.ChatBody;
import dev.gateway4j.simulator.internal.encode.ChatChoice;
import dev.gateway4j.simulator.internal.encode.ChatHead;
import dev.gateway4j.simulator.internal.encode.ChatStream;
import dev.gateway4j.simulator.internal.endpoint.moderation.InlineModeration;
import dev.gateway4j.simulator.internal.http.Azure;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ModelTraits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code POST /v1/chat/completions}. */
final class ChatHandler implements Handler {
    private final Services services;
    private final StoredChats stored;

    ChatHandler(Services services, StoredChats stored) {
        this.services = services;
        this.stored = stored;
    }

    @Override
    public void judge(Exchange exchange) {
        promptTokens(read(exchange).ask());
    }

    @Override
    public WireReply handle(Exchange exchange) {
        ChatRequest request = read(exchange);
        Ask ask = request.ask();
        Plan plan = services.planner().plan(ask, promptTokens(ask), exchange.chance());
        Optional<WireReply> refusal =
                Azure.refusal(exchange, ask.conversation(), plan.pace().quick());
        return refusal.orElseGet(() -> answer(exchange, request, plan));
    }

    private WireReply answer(Exchange exchange, ChatRequest request, Plan plan) {
        Ask ask = request.ask();
        ChatHead head = head(exchange, request);
        ChatDetails details = new ChatDetails(exchange, request, services.tokens());
        Plan said = details.searched(plan);
        List<ChatChoice> choices = details.choices(said);
        Optional<Json.Writer> moderation = moderation(exchange, ask, choices);
        long charge = charge(ask.conversation());
        if (request.options().stored()) {
            stored.keep(exchange, request, ChatBody.of(head, choices, details.usage(said, choices), moderation));
        }
        if (!request.stream()) {
            byte[] body = ChatBody.of(head, choices, details.usage(said, choices), moderation);
            long after = said.pace().whole(said.usage().output());
            return Replies.whole(
                    exchange, exchange.azure() ? AzureBodies.completion(body) : body, OptionalLong.of(charge), after);
        }
        Frames events = new ChatStream(
                        head,
                        choices,
                        details.usage(said, choices),
                        request.usage(),
                        Optional.of(exchange.chance().draws(Chance.Purpose.PADDING))
                                .filter(draws -> request.obfuscation()),
                        said.pace(),
                        exchange.arrived())
                .moderated(moderation);
        return Replies.stream(
                exchange,
                exchange.azure() ? new AzureStream(events) : events,
                charge,
                said.pace().first());
    }

    /** Azure has filters of its own. */
    private static Optional<Json.Writer> moderation(Exchange exchange, Ask ask, List<ChatChoice> choices) {
        List<String> said =
                choices.stream().map(choice -> choice.choice().text().text()).toList();
        return exchange.azure() ? Optional.empty() : InlineModeration.of(ask, said);
    }

    private static ChatHead head(Exchange exchange, ChatRequest request) {
        boolean searches = ModelTraits.searches(request.ask().model());
        String id = searches ? exchange.ids().searched() : exchange.ids().chat(exchange.seconds());
        boolean tier = !searches && Azure.tellsTier(exchange);
        return new ChatHead(id, exchange.seconds(), request.ask().model(), tier ? request.tier() : "");
    }

    private static ChatRequest read(Exchange exchange) {
        return ChatRequest.read(exchange.request().body(), Azure.deployment(exchange));
    }

    /** The tokens of the prompt, for which there is room. */
    private long promptTokens(Ask ask) {
        long prompt = services.promptTokens().count(ask);
        int context = ask.model().context();
        if (prompt > context) {
            if (ask.tools().list().isEmpty()) {
                throw ErrorKind.CONTEXT.with(context, prompt);
            }
            long messages = services.promptTokens().count(ask.model(), ask.conversation());
            throw ErrorKind.CONTEXT_TOOLS.with(context, prompt, messages, prompt - messages);
        }
        if (ask.limit().isPresent() && prompt + ask.limit().getAsInt() > context) {
            int limit = ask.limit().getAsInt();
            throw ErrorKind.CONTEXT_COMPLETION.with(context, prompt + limit, prompt, limit);
        }
        return prompt;
    }

    static long charge(Conversation conversation) {
        return Quota.charge(conversation.characters(), conversation.turns().size(), conversation.images());
    }
}
