package dev.gateway4j.simulator;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.data.Samples;
import dev.gateway4j.simulator.internal.desk.Desk;
import dev.gateway4j.simulator.internal.desk.Door;
import dev.gateway4j.simulator.internal.desk.FaultStage;
import dev.gateway4j.simulator.internal.desk.OpenAiRoutes;
import dev.gateway4j.simulator.internal.desk.Retirement;
import dev.gateway4j.simulator.internal.endpoint.generated.GeneratedEndpoints;
import dev.gateway4j.simulator.internal.endpoint.realtime.Realtime;
import dev.gateway4j.simulator.internal.fault.FaultBook;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.journal.Log;
import dev.gateway4j.simulator.internal.journal.Notes;
import dev.gateway4j.simulator.internal.limit.Limiter;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.plan.PromptCache;
import dev.gateway4j.simulator.internal.plan.PromptTokens;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.scenario.RuleBook;
import dev.gateway4j.simulator.internal.scenario.ScenarioFaults;
import dev.gateway4j.simulator.internal.scenario.ScenarioStage;
import dev.gateway4j.simulator.internal.spec.SpecTable;
import dev.gateway4j.simulator.internal.store.State;
import dev.gateway4j.simulator.internal.template.Templates;
import dev.gateway4j.simulator.internal.text.GeneratedText;
import dev.gateway4j.simulator.internal.timing.Latency;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * OpenAI, simulated in process. It opens no socket, starts no thread and never waits: an answer says when its parts are due. The same seed
 * gives the same status, headers and bytes to the n-th arrival of a request, whatever other threads ask meanwhile. Thread-safe.
 */
public final class SimulatedOpenAi implements StandIn {
    private final Desk desk;
    private final Realtime realtime;
    private final Faults faults;
    private final Scenarios scenarios;
    private final SeedData seedData;
    private final Journal journal;
    private final SimulatedState state;
    private final Templates templates;

    private SimulatedOpenAi(Builder builder, GatewayConfig config) {
        List<ConfigProblem> problems = new ArrayList<>();
        Tokens tokens = new Tokens();
        Parts parts = Parts.of(config, builder.time, tokens, problems);
        Latency latency = latency(builder.latency.orElse(config.latency()), problems);
        Supplier<SpecTable> table = builder.table();
        if (!problems.isEmpty()) {
            throw new GatewayConfigException(problems);
        }
        TimeSource time = builder.time;
        long seed = builder.seed.orElse(config.seed());
        PromptCache cache = PromptCache.on(time);
        Limiter limiter = new Limiter(builder.limits.table());
        Planner planner = new Planner(parts.sources(new GeneratedText(tokens)), tokens, latency, cache);
        State shelves = new State(time, config.retention());
        Services services = new Services(time, seed, tokens, new PromptTokens(tokens), planner, shelves);
        FaultBook book = new FaultBook(time);
        builder.faults.forEach(book::add);
        this.desk = new Desk(
                simulate -> OpenAiRoutes.of(services, simulate, new GeneratedEndpoints(table, builder.strictness)),
                time,
                latency,
                seed,
                new Desk.Stages(
                        parts.log,
                        new Door(builder.keyRequired, builder.keys, builder.organization),
                        new FaultStage(book, builder.obeysFaultHeader),
                        limiter,
                        parts.stage,
                        new Retirement(builder.retiredRefused && builder.strictness == Strictness.STRICT),
                        parts.notes));
        this.realtime = new Realtime(services);
        this.faults = new Faults(book);
        this.scenarios = new Scenarios(parts.book);
        this.seedData = new SeedData(parts.samples);
        this.journal = new Journal(parts.log);
        this.templates = parts.templates;
        this.state = new SimulatedState(
                shelves,
                parts.book,
                parts.templates.counters(),
                desk.occurrences(),
                new Moment(time, seed),
                List.of(cache::clear, limiter::reset, book::reset, realtime::reset));
    }

    /** A builder for simulators of one's own: with faults, limits, keys. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * A simulator for one gateway.
     *
     * @throws GatewayConfigException with every problem, if a template or the latency profile does not work
     */
    public static SimulatedOpenAi create(StandInContext context) {
        return of(context.config(), context.time(), context.seed());
    }

    /**
     * A simulator.
     *
     * @param config the settings: templates and latency profile count here
     * @param time the clock that dates answers
     * @param seed the seed of every draw
     * @throws GatewayConfigException with every problem, if a template or the latency profile does not work
     */
    public static SimulatedOpenAi of(GatewayConfig config, TimeSource time, long seed) {
        return builder().config(config).time(time).seed(seed).build();
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        return desk.answer(request);
    }

    /**
     * Opens a realtime conversation, for servers that speak WebSocket.
     *
     * @param handshake the request by which the socket is opened, such as {@code GET /v1/realtime?model=gpt-realtime}
     * @return a conversation, which the server closes with its socket
     */
    public RealtimeConnection realtime(WireRequest handshake) {
        return realtime.open(handshake);
    }

    /** The faults that are on, and what turns them on and off. */
    public Faults faults() {
        return faults;
    }

    /** What it answers on purpose; empty until something is added. */
    public Scenarios scenarios() {
        return scenarios;
    }

    /** Samples that answer questions like theirs; empty until something is added. */
    public SeedData seedData() {
        return seedData;
    }

    /** What it was asked and what it answered. */
    public Journal journal() {
        return journal;
    }

    /** What it remembers: files, stored answers, states of scenarios and the like. */
    public SimulatedState state() {
        return state;
    }

    /**
     * What a person should look at, one sentence each: scenarios that never answer or compete, and changed template files that do not work,
     * in whose place the version before is still used.
     */
    public List<String> notices() {
        List<String> notices = new ArrayList<>(scenarios.notices());
        templates.problems().forEach(problem -> notices.add(problem.toString()));
        return List.copyOf(notices);
    }

    private static Latency latency(String text, List<ConfigProblem> problems) {
        try {
            return Latency.parse(text);
        } catch (IllegalArgumentException wrong) {
            String why = wrong.getMessage();
            problems.add(
                    new ConfigProblem("openai.latency", "settings", OptionalInt.empty(), why == null ? text : why));
            return Latency.parse("instant");
        }
    }

    /** What answers on purpose, and what hears of it. */
    private record Parts(
            Log log, RuleBook book, ScenarioStage stage, Templates templates, Samples samples, Notes notes) {
        static Parts of(GatewayConfig config, TimeSource time, Tokens tokens, List<ConfigProblem> problems) {
            Notes notes = new Notes();
            ScenarioFaults faults = ScenarioFaults.STRIKING;
            RuleBook book = new RuleBook(faults);
            Templates templates = Templates.read(config, time, tokens, notes, problems);
            return new Parts(
                    new Log(notes),
                    book,
                    new ScenarioStage(book, notes, faults, tokens, templates.counters()),
                    templates,
                    new Samples(tokens, notes),
                    notes);
        }

        /** Where answers come from, best first. */
        List<TextSource> sources(TextSource generated) {
            return List.of(stage, templates, samples, stage.strictly(), generated);
        }
    }

    /** Collects what a simulator is made from. Not thread-safe. */
    public static final class Builder {
        private Optional<GatewayConfig> config = Optional.empty();
        private TimeSource time = TimeSource.system();
        private OptionalLong seed = OptionalLong.empty();
        private Optional<String> latency = Optional.empty();
        private Strictness strictness = Strictness.STRICT;
        private Optional<Path> spec = Optional.empty();
        private RateLimits limits = RateLimits.off();
        private final List<FaultText> faults = new ArrayList<>();
        private boolean retiredRefused = true;
        private boolean obeysFaultHeader;
        private boolean keyRequired;
        private Set<String> keys = Set.of();
        private Optional<String> organization = Optional.empty();

        private Builder() {}

        /** The settings: templates, latency profile and seed count here. Default: those that {@link GatewayConfig#load()} reads. */
        public Builder config(GatewayConfig settings) {
            this.config = Optional.of(settings);
            return this;
        }

        /** The clock that dates answers, refills limits and opens windows of faults. Default: the system's. */
        public Builder time(TimeSource clock) {
            this.time = clock;
            return this;
        }

        /** The seed of every draw. Default: that of the settings. */
        public Builder seed(long start) {
            this.seed = OptionalLong.of(start);
            return this;
        }

        /**
         * How long answers take: a profile and what is changed about it, such as {@code gpt-4o, speed=10, slots=16, max=20s}; one of a file,
         * {@code file:latency.csv#ours}; or recorded calls, {@code recorded:calls.jsonl}. Default: that of the settings.
         */
        public Builder latency(String text) {
            this.latency = Optional.of(text);
            return this;
        }

        /** How requests are judged. Default: as OpenAI does. */
        public Builder strictness(Strictness way) {
            this.strictness = way;
            return this;
        }

        /**
         * Answers requests for models that were shut down before the clock's day, as tests with recorded requests need it. Default: they
         * get OpenAI's 404, unless requests are judged leniently. A deployment of Azure may have any name.
         */
        public Builder answerRetired() {
            this.retiredRefused = false;
            return this;
        }

        /** An OpenAPI file, YAML or JSON, whose operations are answered instead of those built in. */
        public Builder spec(Path file) {
            this.spec = Optional.of(file);
            return this;
        }

        /** The limits of requests and tokens. Default: none, and headers that depend on the request alone. */
        public Builder limits(RateLimits table) {
            this.limits = table;
            return this;
        }

        /** A fault that is on from the beginning. */
        public Builder fault(Fault fault) {
            faults.add(fault.text());
            return this;
        }

        /**
         * Faults that are on from the beginning, as {@link Faults#add(String)} reads them.
         *
         * @throws IllegalArgumentException if one of them does not work
         */
        public Builder faults(String texts) {
            faults.addAll(Faults.read(texts));
            return this;
        }

        /**
         * Lets requests ask for faults by a header such as {@code x-gateway-sim: fault=cut after=3}. Default: the header means nothing. A
         * gateway hands it to the simulator and to nobody else.
         */
        public Builder obeyFaultHeader() {
            this.obeysFaultHeader = true;
            return this;
        }

        /** Requests without a key get OpenAI's 401. Default: no key is asked for, since a gateway hands none to a stand-in. */
        public Builder requireKey() {
            this.keyRequired = true;
            return this;
        }

        /** Requests with any other key than these, or none, get OpenAI's 401. */
        public Builder keys(Set<String> allowed) {
            this.keyRequired = true;
            this.keys = Set.copyOf(allowed);
            return this;
        }

        /** Requests that name another organization get OpenAI's 401. Default: they may name any. */
        public Builder organization(String id) {
            this.organization = Optional.of(id);
            return this;
        }

        /**
         * The simulator.
         *
         * @throws GatewayConfigException with every problem, if a template, the latency profile or the specification does not work
         */
        public SimulatedOpenAi build() {
            return new SimulatedOpenAi(this, config.orElseGet(GatewayConfig::load));
        }

        private Supplier<SpecTable> table() {
            if (spec.isEmpty()) {
                return SpecTable::bundled;
            }
            SpecTable loaded = SpecTable.load(spec.get());
            return () -> loaded;
        }
    }
}
