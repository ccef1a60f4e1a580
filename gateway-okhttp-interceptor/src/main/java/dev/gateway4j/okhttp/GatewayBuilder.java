package dev.gateway4j.okhttp;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.okhttp.internal.call.CallPublisher;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.chain.GatewayParts;
import dev.gateway4j.okhttp.internal.chain.StandIns;
import dev.gateway4j.okhttp.internal.meter.CostLog;
import dev.gateway4j.okhttp.internal.meter.ListPrices;
import dev.gateway4j.okhttp.internal.meter.SavingsBook;
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
        GatewayConfig settings = config != null ? config : reader.read();
        StandInContext context = new StandInContext(settings, time, settings.seed());
        StandIn given = standIn;
        Map<ResponseType, StandIn> standIns = given != null ? StandIns.all(settings, given) : StandIns.find(context);
        Optional<Recorder> recording =
                recorder != null && StandIns.records(settings) ? Optional.of(recorder) : StandIns.recorder(context);
        List<CallListener> all = new ArrayList<>();
        all.add(new CostLog());
        all.addAll(listeners);
        CallRuntime runtime = new CallRuntime(settings, time, random, new CallPublisher(all));
        KeySource source = keys != null ? keys : environment -> settings.keys();
        Refusals refusals = new Refusals(settings.errors(), time);
        StartUpLog.say(settings);
        return new Gateway(new GatewayParts(runtime, source, prices, new SavingsBook(), standIns, recording, refusals));
    }
}
