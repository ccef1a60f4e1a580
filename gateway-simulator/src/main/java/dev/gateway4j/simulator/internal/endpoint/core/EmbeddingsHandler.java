package dev.gateway4j.simulator.internal.endpoint.core;

import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.embed.Embedder;
import dev.gateway4j.simulator.internal.encode.AzureBodies;
import dev.gateway4j.simulator.internal.encode.EmbeddingsBody;
import dev.gateway4j.simulator.internal.http.Azure;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.request.EmbeddingsRequest;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import java.util.OptionalLong;

/** {@code POST /v1/embeddings}. */
final class EmbeddingsHandler implements Handler {
    private final Tokens tokens;
    private final Planner planner;

    EmbeddingsHandler(Tokens tokens, Planner planner) {
        this.tokens = tokens;
        this.planner = planner;
    }

    @Override
    public WireReply handle(Exchange exchange) {
        EmbeddingsRequest request =
                EmbeddingsRequest.read(exchange.request().body(), Azure.deployment(exchange), tokens);
        List<float[]> vectors = request.texts().stream()
                .map(text -> Embedder.embed(request.model().answersAs(), text, request.dimensions()))
                .toList();
        long after = planner.pace(exchange.chance()).quick();
        byte[] body = EmbeddingsBody.of(request, vectors);
        return Replies.whole(
                exchange, exchange.azure() ? AzureBodies.plain(body) : body, OptionalLong.of(request.charge()), after);
    }
}
