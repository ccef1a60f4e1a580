package dev.gateway4j.simulator.internal.endpoint.core;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.encode.ChatChoice;
import dev.gateway4j.simulator.internal.encode.ChatLogprobs;
import dev.gateway4j.simulator.internal.encode.ChatUsage;
import dev.gateway4j.simulator.internal.encode.Citation;
import dev.gateway4j.simulator.internal.encode.Speech;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.ChatOptions;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.ModelTraits;
import dev.gateway4j.simulator.internal.request.Turn;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds to a plan what only chat completions tell: ids of calls, probabilities, citations, sound. Used for one answer. */
final class ChatDetails {
    private static final long SOUND_KEPT = Duration.ofHours(1).toSeconds();

    private final Exchange exchange;
    private final ChatRequest request;
    private final Tokens tokens;

    ChatDetails(Exchange exchange, ChatRequest request, Tokens tokens) {
        this.exchange = exchange;
        this.request = request;
        this.tokens = tokens;
    }

    /** The plan of a model that searches cites a page; any other stays as it is. */
    Plan searched(Plan plan) {
        Model model = request.ask().model();
        if (!ModelTraits.searches(model)) {
            return plan;
        }
        List<Choice> choices = new ArrayList<>();
        long more = 0;
        for (Choice choice : plan.choices()) {
            boolean open = choice.finish() == Finish.STOP && !choice.text().isEmpty();
            if (!open || !Citation.in(choice.text().text()).isEmpty()) {
                choices.add(choice);
                continue;
            }
            Pieces citation = tokens.pieces(model.family().encoding(), citation());
            more += citation.tokens();
            List<Piece> all = new ArrayList<>(choice.text().list());
            all.addAll(citation.list());
            choices.add(
                    new Choice(Pieces.of(all), choice.refusal(), choice.calls(), choice.summary(), choice.finish()));
        }
        return new Plan(choices, with(plan.usage(), more), plan.pace());
    }

    List<ChatChoice> choices(Plan plan) {
        List<ChatChoice> choices = new ArrayList<>(plan.choices().size());
        for (int index = 0; index < plan.choices().size(); index++) {
            choices.add(choice(plan.choices().get(index), index));
        }
        return choices;
    }

    ChatUsage usage(Plan plan, List<ChatChoice> choices) {
        Model model = request.ask().model();
        if (!ModelTraits.speaks(model)) {
            return ChatUsage.of(plan.usage(), model.family().cacheWriteShown());
        }
        long spoken = choices.stream()
                .flatMap(choice -> choice.speech().stream())
                .mapToLong(Speech::tokens)
                .sum();
        long heard = request.ask().conversation().turns().stream()
                .filter(turn -> turn.images() == 0)
                .mapToLong(Turn::otherTokens)
                .sum();
        return new ChatUsage(with(plan.usage(), spoken), false, true, heard, spoken);
    }

    private ChatChoice choice(Choice choice, int index) {
        ChatOptions options = request.options();
        List<String> callIds = new ArrayList<>();
        for (int i = 0; i < choice.calls().size() && !options.functions(); i++) {
            callIds.add(exchange.ids().toolCall());
        }
        Optional<Speech> speech = options.speech()
                .filter(format -> !choice.text().isEmpty())
                .map(format -> Speech.of(choice, format, exchange.ids().sound(), exchange.seconds() + SOUND_KEPT));
        boolean cites = ModelTraits.searches(request.ask().model());
        return new ChatChoice(
                choice,
                callIds,
                logprobs(choice, index),
                cites ? Citation.in(choice.text().text()) : List.of(),
                speech);
    }

    private Optional<ChatLogprobs> logprobs(Choice choice, int index) {
        boolean callsOnly = choice.text().isEmpty()
                && choice.refusal().isEmpty()
                && !choice.calls().isEmpty();
        if (request.options().logprobs().isEmpty() || callsOnly) {
            return Optional.empty();
        }
        Draws draws = exchange.chance().about(request.ask().question()).draws(Chance.Purpose.LOGPROBS, index);
        Pieces said = choice.refusal().isEmpty() ? choice.text() : choice.refusal();
        return Optional.of(
                ChatLogprobs.of(said, draws, request.options().logprobs().getAsInt()));
    }

    /** A page about the longest word of the question. */
    private String citation() {
        String topic = "";
        for (String word : request.ask().conversation().lastUserMessage().split("[^\\p{L}\\p{N}]+", -1)) {
            topic = word.length() > topic.length() ? word : topic;
        }
        String page = topic.codePoints()
                .filter(letter -> letter < 0x80)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return " ([en.wikipedia.org](https://en.wikipedia.org/wiki/" + (page.isEmpty() ? "Search" : page)
                + "?utm_source=openai))";
    }

    private static Usage with(Usage usage, long moreOutput) {
        return new Usage(
                usage.input(), usage.cached(), usage.cacheWrite(), usage.output() + moreOutput, usage.reasoning());
    }
}
