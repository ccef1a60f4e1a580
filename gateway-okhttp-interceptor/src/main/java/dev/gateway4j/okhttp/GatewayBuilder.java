package dev.gateway4j.okhttp;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.SemanticVerifier;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.TokenCounter;
import dev.gateway4j.okhttp.internal.cache.CacheBook;
import dev.gateway4j.okhttp.internal.call.CallPublisher;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.chain.GatewayParts;
import dev.gateway4j.okhttp.internal.chain.StandIns;
import dev.gateway4j.okhttp.internal.chain.TokenCounters;
import dev.gateway4j.okhttp.internal.keys.KeyFileSource;
import dev.gateway4j.okhttp.internal.keys.KeyRing;
import dev.gateway4j.okhttp.internal.limit.LimitBook;
import dev.gateway4j.okhttp.internal.meter.CostLog;
import dev.gateway4j.okhttp.internal.meter.ListPrices;
import dev.gateway4j.okhttp.internal.meter.SavingsBook;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a gateway. Everything is optional; what is set here wins over every other place. Not thread-safe. */
public final class GatewayBuilder {
    private final ConfigReader reader = GatewayConfig.reader();
    private final List<CallListener> listeners = new ArrayList<>();
    private TimeSource time = TimeSource.system();
    private RandomGenerator random = new Random();
    private PriceBook prices = ListPrices.bundled();
    private boolean readerUsed;
    private @Nullable GatewayConfig config;
    private @Nullable StandIn standIn;
    private @Nullable Recorder recorder;
    private @Nullable KeySource keys;
    private @Nullable ProxyManager<String> limitStore;
    private @Nullable TokenCounter tokenCounter;
    private @Nullable CacheStore cacheStore;
    private @Nullable Embedder embedder;
    private @Nullable SemanticVerifier verifier;

    GatewayBuilder() {}

    /** Uses these settings and reads nothing. Excludes {@link #file}, {@link #environment}, {@link #mode} and {@link #set}. */
    public GatewayBuilder config(GatewayConfig settings) {
        this.config = settings;
        return this;
    }

    /** Reads this file instead of looking for one. */
    public GatewayBuilder file(Path file) {
        reader.file(file);
        readerUsed = true;
        return this;
    }

    /** Sets the environment, such as {@code staging}. */
    public GatewayBuilder environment(String name) {
        reader.set("environment", name);
        readerUsed = true;
        return this;
    }

    /** Sets the mode. */
    public GatewayBuilder mode(Mode mode) {
        reader.set("openai.mode", mode.id());
        readerUsed = true;
        return this;
    }

    /** Sets one value by its path in the table of settings, such as {@code openai.latency}. */
    public GatewayBuilder set(String path, String value) {
        reader.set(path, value);
        readerUsed = true;
        return this;
    }

    /** Adds a listener; it hears of calls after the cost line is written, in the order in which listeners were added. */
    public GatewayBuilder listener(CallListener listener) {
        listeners.add(listener);
        return this;
    }

    /** Uses this clock for everything. */
    public GatewayBuilder time(TimeSource clock) {
        this.time = clock;
        return this;
    }

    /** Uses this source of chance for weighted choices and call ids. It must be thread-safe. */
    public GatewayBuilder random(RandomGenerator source) {
        this.random = source;
        return this;
    }

    /** Answers with this stand-in whatever does not leave, instead of looking for one. The gateway closes it. */
    public GatewayBuilder standIn(StandIn answering) {
        this.standIn = answering;
        return this;
    }

    /**
     * Records with this recorder, in record mode or where replay records what is missing, instead of looking for one. The gateway closes
     * it.
     */
    public GatewayBuilder recorder(Recorder recording) {
        this.recorder = recording;
        return this;
    }

    /** Takes keys from here instead of from the settings, which then need none. */
    public GatewayBuilder keySource(KeySource source) {
        this.keys = source;
        reader.keysComeFromElsewhere();
        return this;
    }

    /** Takes prices from here instead of from the list that comes with this version. */
    public GatewayBuilder priceBook(PriceBook book) {
        this.prices = book;
        return this;
    }

    /**
     * Keeps the buckets of rate limits here, so that several processes share them, instead of in this one. What is learned from upstreams
     * and how many calls are under way stays here all the same. Where the store fails, a bucket of this process takes over until it is
     * back, and the log says so.
     *
     * <p>Give the store a timeout of its own, a short one. Every call asks it before it is sent, and while calls stand in line it is asked on
     * behalf of all of them, one at a time: an answer that takes long delays every call of this gateway.
     *
     * @param store any store that Bucket4j knows. Keys are made of environment, limit, window, amount and whom it is for, so a limit that is
     *     changed starts anew
     */
    public GatewayBuilder limitStore(ProxyManager<String> store) {
        this.limitStore = store;
        return this;
    }

    /** Counts tokens like this where limits use the estimator {@code exact}, instead of looking for a counter. */
    public GatewayBuilder tokenCounter(TokenCounter counter) {
        this.tokenCounter = counter;
        return this;
    }

    /**
     * Keeps cached answers here as well, so that several processes share them, or that they outlive this one. Asked on a local miss, on the
     * thread of the call; told of a new answer on a thread of the gateway, when everybody who waited for the answer has it. What the store
     * throws counts as a miss, and the log says so at most once a minute. Used only where {@code gateway.cache} is on; none by default.
     *
     * <p>Give the store a short timeout: every call whose answer is not in memory waits for it. How long it takes to keep an answer delays
     * nobody; but where 64 answers wait for that, it is told of no more. Closing the gateway closes the store and does not wait for what
     * it is being told.
     *
     * @param store the second level, which the gateway closes
     */
    public GatewayBuilder cacheStore(CacheStore store) {
        this.cacheStore = store;
        return this;
    }

    /**
     * Makes the vectors by which similar questions are found with this, instead of with an embeddings call through the gateway. Called on
     * threads of the gateway, which wait no longer than {@code gateway.cache.semantic.timeout}; if it fails, the call goes upstream. What it
     * costs, the gateway does not know. Used only where {@code gateway.cache.semantic} is on.
     */
    public GatewayBuilder embedder(Embedder making) {
        this.embedder = making;
        return this;
    }

    /**
     * Gives this the last word before the answer to a similar question is given. Called on a thread of the gateway, after all of its own
     * guards; if it fails, the call goes upstream. Without one, the guards decide.
     */
    public GatewayBuilder semanticVerifier(SemanticVerifier deciding) {
        this.verifier = deciding;
        return this;
    }

    /**
     * The gateway.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem, if the settings do not work
     * @throws IllegalStateException if whole settings were given and single ones as well: one of the two would be lost in silence
     */
    public Gateway build() {
        if (config != null && readerUsed) {
            throw new IllegalStateException(
                    "config(...) stands beside file, environment, mode or set; these would be lost. Use one"
                            + " way: put everything into the config, or leave config(...) out.");
        }
        GatewayConfig settings = config != null ? config : reader.clock(time).read();
        StandInContext context = new StandInContext(settings, time, settings.seed());
        StandIn given = standIn;
        Map<ResponseType, StandIn> standIns = given != null ? StandIns.all(settings, given) : StandIns.find(context);
        Optional<Recorder> recording =
                recorder != null && StandIns.records(settings) ? Optional.of(recorder) : StandIns.recorder(context);
        Optional<CacheBook> caching = cache(settings);
        List<CallListener> all = new ArrayList<>();
        caching.ifPresent(book -> all.add(book.listener()));
        all.add(new CostLog(settings.logging()));
        all.addAll(listeners);
        CallRuntime runtime = new CallRuntime(settings, time, random, new CallPublisher(all));
        KeyRing ring = new KeyRing(runtime, keys != null ? keys : KeyFileSource.of(settings, time));
        Refusals refusals = new Refusals(settings.errors(), time);
        StartUpLog.say(settings);
        return new Gateway(new GatewayParts(
                runtime, ring, prices, new SavingsBook(), standIns, recording, limits(settings), caching, refusals));
    }

    private Optional<CacheBook> cache(GatewayConfig settings) {
        if (!CacheBook.isNeeded(settings)) {
            return Optional.empty();
        }
        CacheBook.Own own = new CacheBook.Own(
                Optional.ofNullable(cacheStore), Optional.ofNullable(embedder), Optional.ofNullable(verifier));
        return Optional.of(new CacheBook(settings, time, random, prices, own));
    }

    private Optional<LimitBook> limits(GatewayConfig settings) {
        if (!LimitBook.isNeeded(settings)) {
            return Optional.empty();
        }
        Optional<TokenCounter> counter = TokenCounters.find(settings, Optional.ofNullable(tokenCounter));
        return Optional.of(LimitBook.of(settings, time, Optional.ofNullable(limitStore), counter));
    }
}
