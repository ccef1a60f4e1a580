package dev.gateway4j.okhttp;

import dev.gateway4j.api.cache.AnswerCache;
import dev.gateway4j.api.call.KeyStatus;
import dev.gateway4j.api.call.Savings;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.limit.LimitView;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.internal.cache.CacheBook;
import dev.gateway4j.okhttp.internal.chain.ClientWrapper;
import dev.gateway4j.okhttp.internal.chain.GatewayParts;
import dev.gateway4j.okhttp.internal.limit.LimitBook;
import dev.gateway4j.okhttp.internal.meter.ListPrices;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/**
 * An OpenAI gateway inside an {@code OkHttpClient}: environment, mode, keys and accounting for whatever the client sends.
 *
 * <pre>{@code
 * OkHttpClient http = Gateway.create().wrap(new OkHttpClient());   // -Dgateway.environment=staging -Dgateway.mode=hybrid
 * }</pre>
 *
 * <p>Settings are read once, when the gateway is made. Thread-safe; one gateway may wrap any number of clients, and they share its keys and
 * its accounting.
 */
public final class Gateway implements AutoCloseable {
    private final GatewayParts parts;
    private final ClientWrapper wrapper;
    private final AtomicBoolean closed = new AtomicBoolean();

    Gateway(GatewayParts parts) {
        this.parts = parts;
        this.wrapper = new ClientWrapper(parts);
    }

    /**
     * A gateway with the settings that system properties, environment variables and {@code gateway.yaml} give.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem, if they do not work
     */
    public static Gateway create() {
        return builder().build();
    }

    /** A builder, for what settings cannot say. */
    public static GatewayBuilder builder() {
        return new GatewayBuilder();
    }

    /** The prices that come with this version, which apply unless {@link GatewayBuilder#priceBook} says otherwise. Thread-safe. */
    public static PriceBook listPrices() {
        return ListPrices.bundled();
    }

    /**
     * A client like this one, whose calls go through the gateway. It keeps dispatcher, connection pool, interceptors, proxy, TLS settings
     * and event listeners. It follows no redirects, keeps no cookies, answers no authentication challenge, uses no HTTP cache and sends
     * no body twice, because each of those would let a request out that the gateway did not see. Where the client has OkHttp's default
     * read timeout of 10 s it gets 10 minutes, and 1 minute in place of the default write timeout.
     *
     * <p>Interceptors of the client run outside of the gateway and never see a key of the gateway; its <em>network</em> interceptors and
     * its event listeners run inside and do: let them redact {@code Authorization} and {@code api-key}.
     *
     * <p>With a cache, a call that misses leaves on a client of the gateway's own, made when this one was wrapped. Interceptors, proxy, DNS or
     * TLS settings that are put on the client afterwards do not hold for it: configure the client first, wrap it last.
     *
     * @throws IllegalArgumentException if the client already has a gateway
     */
    public OkHttpClient wrap(OkHttpClient client) {
        return install(client.newBuilder()).build();
    }

    /**
     * As {@link #wrap}, for SDKs that take a builder. Interceptors added to the builder afterwards run inside of the gateway.
     *
     * <p>With a cache, a call that misses leaves on a client of the gateway's own, made when this is called. Interceptors, proxy, DNS or TLS
     * settings that are put on the builder afterwards do not hold for it: configure the builder first, install the gateway last.
     *
     * @return the same builder
     * @throws IllegalArgumentException if the builder already has a gateway
     */
    public OkHttpClient.Builder install(OkHttpClient.Builder builder) {
        return wrapper.install(builder);
    }

    /**
     * One interceptor, for SDKs that take only that. It forwards every call to a guarded client of the gateway's own, so nothing below it
     * in the SDK's client is used; cancel and timeouts of the outer call hold. Prefer {@link #wrap} where there is a choice.
     */
    public Interceptor interceptor() {
        return wrapper.forwarding();
    }

    /** The settings in force. */
    public GatewayConfig config() {
        return parts.config();
    }

    /**
     * The stand-in of this type that answers calls of this gateway, for a test that wants to tell it something: {@code
     * gateway.standIn(SimulatedOpenAi.class)}. Empty if none does.
     */
    public <T extends StandIn> Optional<T> standIn(Class<T> type) {
        return parts.standIns().values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /**
     * How the keys of the environment stand: one entry for each key, and one more for each model about which something is known. A view for
     * people and metrics; it changes with every answer.
     *
     * @throws RuntimeException if the key source fails
     */
    public List<KeyStatus> keys() {
        return parts.keys().status();
    }

    /** How the rate limits stand now, what was learned from upstreams included. Thread-safe; looking takes nothing. */
    public LimitView limits() {
        return parts.limits().map(LimitBook::view).orElse(LimitView.NONE);
    }

    /** The cache: its figures, and what can be forgotten. */
    public AnswerCache cache() {
        return parts.cache().map(CacheBook::view).orElse(AnswerCache.NONE);
    }

    /** What replay did not spend so far. */
    public Savings savings() {
        return parts.savings().total();
    }

    /**
     * Says what replay and cache saved, and frees what cache, stand-ins and recorder hold, the recorder last. Clients that were wrapped keep their own
     * resources. Waits for no call that is under way: what a flight of the cache still asks of a stand-in or a recorder that is closed
     * fails as any other call would, and what a second level is being told may be lost. Idempotent.
     *
     * @throws java.io.UncheckedIOException if something was to be recorded and could not be saved; everything is closed nevertheless
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        parts.savings().log();
        List<Runnable> closing = new ArrayList<>();
        // First, so that no flight is opened to those who are closed next. Flights under way are not waited for.
        parts.cache().ifPresent(cache -> closing.add(cache::close));
        Set.copyOf(parts.standIns().values()).forEach(standIn -> closing.add(standIn::close));
        parts.recorder().ifPresent(recorder -> closing.add(recorder::close));
        closing.add(wrapper::close); // calls under way can be cancelled to their end
        closeAll(closing);
    }

    /** One that cannot be closed keeps none of the others open; the first failure is thrown. */
    private static void closeAll(List<Runnable> closing) {
        RuntimeException failure = null;
        for (Runnable next : closing) {
            try {
                next.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public String toString() {
        return "Gateway[environment=" + config().environment() + ", mode="
                + config().mode().id() + "]";
    }
}
