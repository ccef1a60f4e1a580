package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.testkit.GatewayServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** {@code serve --cassettes}: replays a directory, and records what it lacks if told to. */
final class CassetteServing implements AutoCloseable {
    private final Place place;
    private final CassetteOptions options;
    private final CassettePlayer player;
    private final Optional<LiveRecording> recording;

    private CassetteServing(
            Place place, CassetteOptions options, CassettePlayer player, Optional<LiveRecording> recording) {
        this.place = place;
        this.options = options;
        this.player = player;
        this.recording = recording;
    }

    /** Reads settings and finds everything that is wrong with them. */
    static Optional<CassetteServing> of(
            Place place,
            CassetteOptions options,
            @Nullable Path config,
            UnaryOperator<@Nullable String> variables,
            TimeSource time,
            Problems problems) {
        Optional<GatewayConfig> settings = problems.of("", () -> reader(place, options, config)
                .set("openai.mode", "replay")
                .variables(variables)
                .read());
        Optional<LiveRecording> recording = Optional.empty();
        if (options.record()) {
            RecordingKeys keys = new RecordingKeys(variables);
            keys.check(problems);
            if (problems.list().isEmpty()) {
                recording = problems.of(
                        "",
                        () -> LiveRecording.of(
                                keys, () -> reader(place, options, config), options.compatible(), place::holds));
            }
        }
        if (settings.isEmpty() || !problems.list().isEmpty()) {
            recording.ifPresent(LiveRecording::close);
            return Optional.empty();
        }
        CassettePlayer.Builder player =
                CassettePlayer.builder().settings(settings.get().cassettes()).time(time);
        options.timing().ifPresent(player::timing);
        if (options.compatible()) {
            player.compatible(place.setting());
        }
        return Optional.of(new CassetteServing(place, options, player.build(), recording));
    }

    private static ConfigReader reader(Place place, CassetteOptions options, @Nullable Path config) {
        ConfigReader reader = GatewayConfig.reader().set("openai.cassettes.directory", place.setting());
        options.timing().ifPresent(timing -> reader.set("openai.cassettes.timing", timing));
        if (config != null) {
            reader.file(config);
        }
        return reader;
    }

    /** A server that is not started yet. */
    GatewayServer.Builder server() {
        GatewayServer.Builder server = GatewayServer.builder(player);
        recording.ifPresent(live -> server.forward(live::instead));
        return server;
    }

    /** For the banner. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int count = place.cassettes().names().size();
        lines.add("cassettes: " + count + " in " + place.setting());
        lines.add("form: " + (options.compatible() ? "compatible" : "gateway") + ", timing: "
                + options.timing().orElse("as set"));
        recording.ifPresent(live -> lines.add("recording: " + live));
        return lines;
    }

    @Override
    public void close() {
        player.close();
        recording.ifPresent(LiveRecording::close);
    }
}
