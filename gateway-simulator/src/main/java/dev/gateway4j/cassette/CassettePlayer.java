package dev.gateway4j.cassette;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.internal.replay.Replay;
import dev.gateway4j.cassette.internal.replay.Timing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers calls from cassettes. A call may name its cassette, in code or by the header {@code X-Cassette-Name}; otherwise the first
 * recording that matches is played, of all cassettes in sorted order. What no recording answers is refused, and the refusal shows which
 * recording is nearest and in what it differs. Files are read when they are needed. Thread-safe.
 */
public final class CassettePlayer implements StandIn {
    private final Replay main;
    private final Map<String, Replay> byDirectory;
    private final Function<WireRequest, Replay> choice;

    private CassettePlayer(Replay main, Map<String, Replay> byDirectory, Function<WireRequest, Replay> choice) {
        this.main = main;
        this.byDirectory = Collections.unmodifiableMap(new LinkedHashMap<>(byDirectory));
        this.choice = choice;
    }

    /**
     * The player of one gateway. In hybrid mode a rule with {@code response_type: cassette} may have cassettes of its own, which are then
     * the only ones for its calls.
     */
    public static CassettePlayer create(StandInContext context) {
        GatewayConfig config = context.config();
        CassetteConfig settings = config.cassettes();
        Timing timing = Timing.of(settings.timing());
        Replay main = Replay.of(settings, context.time(), timing);
        Map<String, Replay> others = new LinkedHashMap<>();
        directories(config)
                .filter(directory -> !directory.equals(settings.directory()))
                .forEach(directory -> others.computeIfAbsent(
                        directory, any -> Replay.of(in(directory, settings), context.time(), timing)));
        if (others.isEmpty()) {
            return new CassettePlayer(main, others, any -> main);
        }
        return new CassettePlayer(
                main, others, request -> rule(config, request).map(others::get).orElse(main));
    }

    private static Stream<String> directories(GatewayConfig config) {
        return config.mode() == Mode.HYBRID
                ? config.responses().stream()
                        .filter(rule -> rule.type() == ResponseType.CASSETTE)
                        .flatMap(rule -> rule.cassettes().stream())
                : Stream.empty();
    }

    private static Optional<String> rule(GatewayConfig config, WireRequest request) {
        Optional<String> model =
                RequestReader.read(request.body(), config.maxJsonDepth()).model();
        return config.rule(request.endpoint(), model)
                .filter(rule -> rule.type() == ResponseType.CASSETTE)
                .flatMap(ResponseRule::cassettes);
    }

    /** A player that needs no gateway. Cassettes are looked for in the directory {@code cassettes} of the working directory. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        return choice.apply(request).answer(request);
    }

    /**
     * How often each interaction was played: by the name of its cassette and its place there, counted from 0. Cassettes of a rule with a
     * directory of its own are named with that directory.
     */
    public SortedMap<String, SortedMap<Integer, Long>> played() {
        return collected(Replay::played);
    }

    /**
     * The places of interactions that were never played, by the name of their cassette: of every cassette that a call named or that was
     * played from. A test that asserts on none finds out which recordings nobody needs any more.
     */
    public SortedMap<String, List<Integer>> unused() {
        return collected(Replay::unused);
    }

    /** Which requests were answered although more than one cassette could have, a sentence each. */
    public List<String> ambiguities() {
        return replays().flatMap(replay -> replay.ambiguities().stream()).toList();
    }

    /** Forgets what was played: counts and queues begin again. */
    public void reset() {
        replays().forEach(Replay::reset);
    }

    private Stream<Replay> replays() {
        return Stream.concat(Stream.of(main), byDirectory.values().stream());
    }

    private <V> SortedMap<String, V> collected(Function<Replay, SortedMap<String, V>> report) {
        SortedMap<String, V> all = new TreeMap<>(report.apply(main));
        byDirectory.forEach((directory, replay) ->
                report.apply(replay).forEach((name, value) -> all.put(directory + "/" + name, value)));
        return Collections.unmodifiableSortedMap(all);
    }

    private static CassetteConfig in(String directory, CassetteConfig settings) {
        return new CassetteConfig(
                directory,
                settings.name(),
                settings.recordMissing(),
                settings.recordInCi(),
                settings.expiresAfter(),
                settings.onExpired(),
                settings.repeats(),
                settings.exhausted(),
                settings.timing(),
                settings.attempts(),
                settings.match(),
                settings.scrub());
    }

    /** Collects settings of a player. Not thread-safe. */
    public static final class Builder {
        private CassetteConfig settings =
                CassetteConfig.in(Path.of("cassettes").toAbsolutePath().toString());
        private @Nullable String directory;
        private @Nullable String timing;
        private @Nullable String compatible;
        private TimeSource time = TimeSource.system();

        private Builder() {}

        /** All settings at once. */
        public Builder settings(CassetteConfig cassettes) {
            settings = cassettes;
            return this;
        }

        /** Where cassettes lie, whatever the settings say. */
        public Builder directory(Path cassettes) {
            directory = cassettes.toAbsolutePath().toString();
            return this;
        }

        /** The folder of the class path where cassettes lie, whatever the settings say. */
        public Builder classpath(String folder) {
            directory = "classpath:" + folder;
            return this;
        }

        /**
         * When the bytes of an answer arrive, whatever the settings say: {@code instant}, {@code compat}, {@code recorded} or {@code
         * recorded*FACTOR}.
         *
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder timing(String profile) {
            Timing unusedTiming = Timing.of(profile);
            timing = profile;
            return this;
        }

        /** The clock; that of the machine unless set. */
        public Builder time(TimeSource clock) {
            time = clock;
            return this;
        }

        /**
         * Lets the player behave as Envoy AI Gateway's test server, to the byte: its rules, its answers to what it cannot replay, and its
         * timing unless another is set. Of the settings only the directory counts then.
         *
         * @param shownDirectory the directory of cassettes as these answers name it
         */
        public Builder compatible(String shownDirectory) {
            compatible = shownDirectory;
            return this;
        }

        /** A player with these settings. Nothing is read yet. */
        public CassettePlayer build() {
            CassetteConfig placed = directory == null ? settings : in(directory, settings);
            String fallback = compatible == null ? placed.timing() : "compat";
            Timing chosen = Timing.of(Objects.requireNonNullElse(timing, fallback));
            Replay replay = compatible == null
                    ? Replay.of(placed, time, chosen)
                    : Replay.compatible(CassetteConfig.in(placed.directory()), time, chosen, compatible);
            return new CassettePlayer(replay, Map.of(), any -> replay);
        }
    }
}
