package dev.gateway4j.simulator.internal.endpoint.moderation;

import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.http.Endpoints;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.request.ModerationRequest;
import java.util.OptionalLong;

/** {@code POST /v1/moderations}. */
public final class ModerationEndpoints implements Endpoints {
    private static final int ID = 1;

    private final Planner planner;

    /** Answers with these services. */
    public ModerationEndpoints(Services services) {
        this.planner = services.planner();
    }

    @Override
    public void addTo(Routes.Builder routes) {
        routes.add("POST", ModerationRequest.ENDPOINT, this::judge);
    }

    private WireReply judge(Exchange exchange) {
        ModerationRequest request = ModerationRequest.read(
                exchange.request().body(), exchange.path().deployment());
        Draws draws = exchange.chance().draws(Chance.Purpose.IDS, ID);
        String id = request.model().startsWith("text-")
                ? "modr-" + draws.alphanumeric(29)
                : "modr-" + (1 + draws.below(9999));
        return Replies.whole(
                exchange,
                ModerationBody.of(id, request),
                OptionalLong.empty(),
                planner.pace(exchange.chance()).quick());
    }
}
