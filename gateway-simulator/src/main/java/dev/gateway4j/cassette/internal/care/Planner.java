package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.CassetteVerifier.Basis;
import dev.gateway4j.cassette.CassetteVerifier.Call;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** Works out what sending recorded requests again would take. Used once. */
public final class Planner {
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int UNKNOWN_OUTPUT = 1000;
    private static final int MAX_DEPTH = 1000;
    private static final int ERRORS = 400;
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

    private final Cassettes cassettes;
    private final PriceBook prices;
    private final Instant now;
    private final List<Call> calls = new ArrayList<>();
    private final Findings refused = new Findings();

    /** With these prices of this time. */
    public Planner(Cassettes cassettes, PriceBook prices, Instant now) {
        this.cassettes = cassettes;
        this.prices = prices;
        this.now = now;
    }

    /** Adds everything in this cassette. */
    public void add(String name) {
        load(name).ifPresent(cassette -> {
            for (int i = 0; i < cassette.interactions().size(); i++) {
                add(cassette, i, cassette.interactions().get(i).request());
            }
        });
    }

    /**
     * Adds these places of one cassette, some with a request in place of the recorded one.
     *
     * @throws IllegalArgumentException if there is no such place
     */
    public void add(String name, SortedSet<Integer> places, Map<Integer, RecordedRequest> requests) {
        load(name).ifPresent(cassette -> {
            int size = cassette.interactions().size();
            for (int place : places) {
                if (place < 0 || place >= size) {
                    throw new IllegalArgumentException("cassette " + name + " has no interaction " + place + "; it has "
                            + size + ", counted from 0");
                }
                RecordedRequest recorded = cassette.interactions().get(place).request();
                add(cassette, place, requests.getOrDefault(place, recorded));
            }
        });
    }

    /** What was added. */
    public Plan plan() {
        return new Plan(calls, refused.sorted());
    }

    private Optional<Cassette> load(String name) {
        try {
            return Optional.of(cassettes.load(name));
        } catch (CassetteException e) {
            refused.file(name).error("unreadable", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void add(Cassette cassette, int place, RecordedRequest request) {
        Interaction interaction = cassette.interactions().get(place);
        Optional<String> objection = Sendable.objection(request);
        if (objection.isPresent()) {
            refused.interaction(cassette.name(), place)
                    .at("/request")
                    .warning("cannot-resend", Urls.what(request) + " is not sent: " + objection.get());
            return;
        }
        calls.add(call(cassette.name(), place, interaction, request));
    }

    private Call call(String name, int place, Interaction interaction, RecordedRequest request) {
        RecordedResponse response = interaction.response();
        Optional<String> model = model(request);
        if (Sendable.asks(request.method()) || refusedForGood(response.code())) {
            return new Call(name, place, interaction, request, model, Usage.of(0, 0), Basis.FREE, Cost.NOTHING);
        }
        Answered answered = Answered.of(interaction.request(), response);
        Optional<Usage> told = answered.usage().filter(usage -> response.code() < ERRORS);
        Usage usage = told.orElseGet(() -> estimate(request, response));
        Cost cost = answered.cost(prices, model, usage, now);
        Basis basis = told.isPresent() ? Basis.RECORDED : Basis.ESTIMATED;
        return new Call(name, place, interaction, request, model, usage, basis, cost);
    }

    /** True for an error that the request itself brings about; any other may be gone today. */
    private static boolean refusedForGood(int code) {
        return code >= ERRORS && code < 500 && !PASSING.contains(code);
    }

    private static Usage estimate(RecordedRequest request, RecordedResponse response) {
        long input = tokens(request.body().length());
        if (response.code() >= ERRORS) {
            return Usage.of(input, unknownOutput(request));
        }
        long output = MediaType.of(response.headers()).isEventStream()
                ? Events.of(response.body().bytes()).list().size()
                : tokens(response.body().length());
        return Usage.of(input, output);
    }

    /** An error says nothing about the answer that comes in its place. */
    private static long unknownOutput(RecordedRequest request) {
        String path = Urls.path(request.url());
        if (path.endsWith("/embeddings") || path.endsWith("/moderations") || path.endsWith("tokens")) {
            return 0;
        }
        return RequestReader.read(request.body().bytes(), MAX_DEPTH)
                .maxOutputTokens()
                .orElse(UNKNOWN_OUTPUT);
    }

    private static long tokens(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    private static Optional<String> model(RecordedRequest request) {
        return CareJson.parse(request.body().bytes())
                .map(body -> body.path("model"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .or(() -> Endpoint.deployment(Urls.path(request.url())));
    }
}
