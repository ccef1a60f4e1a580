package dev.gateway4j.simulator.internal.endpoint.core;

import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.encode.AzureBodies;
import dev.gateway4j.simulator.internal.encode.AzureStream;
import dev.gateway4j.simulator.internal.encode.ChatLogprobs;
import dev.gateway4j.simulator.internal.encode.CompletionBody;
import dev.gateway4j.simulator.internal.encode.CompletionHead;
import dev.gateway4j.simulator.internal.encode.CompletionStream;
import dev.gateway4j.simulator.internal.encode.LegacyChoice;
import dev.gateway4j.simulator.internal.http.Azure;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.CompletionRequest;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code POST /v1/completions}. */
final class CompletionsHandler implements Handler {
    private final Services services;

    CompletionsHandler(Services services) {
        this.services = services;
    }

    @Override
    public WireReply handle(Exchange exchange) {
        CompletionRequest request =
                CompletionRequest.read(exchange.request().body(), Azure.deployment(exchange), services.tokens());
        List<Plan> plans = new ArrayList<>();
        for (Ask ask : request.asks()) {
            long prompt = services.tokens()
                    .count(ask.model().family().encoding(), ask.conversation().lastUserMessage());
            plans.add(services.planner().plan(ask, prompt, exchange.chance()));
        }
        long quick = plans.get(0).pace().quick();
        Optional<WireReply> refusal = request.asks().stream()
                .flatMap(ask -> Azure.refusal(exchange, ask.conversation(), quick).stream())
                .findFirst();
        return refusal.orElseGet(() -> answer(exchange, request, plans));
    }

    private WireReply answer(Exchange exchange, CompletionRequest request, List<Plan> plans) {
        List<LegacyChoice> choices = new ArrayList<>();
        long output = 0;
        for (int i = 0; i < plans.size(); i++) {
            output += plans.get(i).usage().output();
            for (Choice choice : plans.get(i).choices().subList(0, request.told())) {
                choices.add(choice(exchange, request, request.asks().get(i), choice, choices.size()));
            }
        }
        Usage usage = new Usage(request.promptTokens(), 0, 0, output, 0);
        CompletionHead head = new CompletionHead(
                exchange.ids().completion(exchange.seconds()),
                exchange.seconds(),
                request.asks().get(0).model().answersAs());
        Plan first = plans.get(0);
        if (request.stream()) {
            Frames events = new CompletionStream(
                    head,
                    choices,
                    request.usage() ? Optional.of(usage) : Optional.empty(),
                    first.pace(),
                    exchange.arrived());
            return Replies.stream(
                    exchange,
                    exchange.azure() ? new AzureStream(events) : events,
                    request.charge(),
                    first.pace().first());
        }
        byte[] body = CompletionBody.of(head, choices, usage);
        return Replies.whole(
                exchange,
                exchange.azure() ? AzureBodies.completion(body) : body,
                OptionalLong.of(request.charge()),
                first.pace().whole(output));
    }

    private LegacyChoice choice(Exchange exchange, CompletionRequest request, Ask ask, Choice choice, int index) {
        String prompt = ask.conversation().lastUserMessage();
        Pieces echoed =
                request.echo() ? services.tokens().pieces(ask.model().family().encoding(), prompt) : Pieces.NONE;
        List<Piece> all = new ArrayList<>(echoed.list());
        all.addAll(choice.text().list());
        Pieces text = Pieces.of(all);
        int offset = request.echo() ? 0 : prompt.codePointCount(0, prompt.length());
        Optional<ChatLogprobs> logprobs = Optional.empty();
        if (request.logprobs().isPresent()) {
            Draws draws = exchange.chance().about(ask.question()).draws(Chance.Purpose.LOGPROBS, index);
            logprobs =
                    Optional.of(ChatLogprobs.of(text, draws, request.logprobs().getAsInt()));
        }
        return new LegacyChoice(text, choice.finish().id(), offset, request.echo(), logprobs);
    }
}
