package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.internal.cache.flight.DetachedCalls;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Detached;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Embeds with an embeddings call through the gateway itself, at the upstream of the call that asks. It goes behind the cache, so that it can
 * never ask for an embedding in turn, and has a key, limits, a cost line and a timeout of its own. Thread-safe.
 */
public final class GatewayEmbedder implements EmbedderSource {
    /** The feature that stands in the reports of these calls. */
    public static final String FEATURE = "gateway-semantic-cache";

    private final DetachedCalls calls;
    private final SemanticConfig config;
    private final Consumer<Cost> bill;

    /**
     * An embedder over these calls.
     *
     * @param bill is told what each call cost
     */
    public GatewayEmbedder(DetachedCalls calls, SemanticConfig config, Consumer<Cost> bill) {
        this.calls = calls;
        this.config = config;
        this.bill = bill;
    }

    @Override
    public Embedder embedder(Interceptor.Chain chain, CallScope scope) {
        return embedder(chain, scope.facts(), scope.runtime().publisher()::publish);
    }

    /** Its reports go there too. */
    Embedder embedder(Interceptor.Chain chain, CallFacts asking, Consumer<CallReport> reports) {
        Consumer<CallReport> ended = report -> {
            bill.accept(report.cost());
            reports.accept(report);
        };
        return text -> embed(chain, asking, text, ended);
    }

    private float[] embed(Interceptor.Chain chain, CallFacts asking, String text, Consumer<CallReport> ended)
            throws IOException {
        Request request = EmbeddingQuestion.request(asking, config.model(), text);
        Detached detached = new Detached(Optional.empty(), tags(asking.tags()), ended);
        Call call = calls.newCall(chain, request, detached);
        call.timeout().timeout(config.timeout().toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            return EmbeddingAnswer.read(response);
        }
    }

    /** Whose call it is, so that limits and reports know; nothing that belongs to the question, such as its route or cassette. */
    private CallTags tags(CallTags asking) {
        return new CallTags(
                asking.user(),
                asking.tenant(),
                Optional.of(FEATURE),
                Optional.empty(),
                Optional.empty(),
                asking.cassette(),
                config.key());
    }

    @Override
    public String toString() {
        return "GatewayEmbedder[" + config.model() + "]";
    }
}
