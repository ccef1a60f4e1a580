package dev.gateway4j.testkit;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;

/**
 * The gateway of one test with a cassette, from its beginning to its end.
 *
 * @param how what the annotation says
 * @param name the name of the cassette
 * @param gateway the gateway
 * @param client a client that goes through it
 * @param time the clock of replay; recording is on the system's
 * @param listener hears of every call
 * @param texts what refusals said
 */
record CassetteSession(
        UseCassette how,
        String name,
        Gateway gateway,
        OkHttpClient client,
        ManualTime time,
        RecordingListener listener,
        RefusalTexts texts) {
    private static final Set<RefusalReason> UNANSWERED =
            Set.of(RefusalReason.NO_CASSETTE, RefusalReason.CASSETTE_MISMATCH);

    /** Replays, unless the settings from outside say that this run records. */
    static CassetteSession open(
            UseCassette how, String name, RunRecordings recordings, Consumer<GatewayBuilder> settings) {
        ManualTime time = ManualTime.advancing();
        ChosenTime chosen = new ChosenTime(time);
        RunRecorder recorder = new RunRecorder();
        RecordingListener listener = new RecordingListener();
        GatewayBuilder builder = Gateway.builder()
                .environment("testing")
                .set("openai.cassettes.name", name)
                .set("openai.cassettes.repeats", how.repeats().name().toLowerCase(Locale.ROOT))
                .time(chosen)
                .recorder(recorder)
                .listener(listener);
        if (!how.directory().isEmpty()) {
            builder.set("openai.cassettes.directory", how.directory());
        }
        settings.accept(builder);
        Gateway gateway = built(builder, chosen);
        GatewayConfig config = gateway.config();
        if (config.mode() == Mode.RECORD || config.recordsMissing()) {
            recorder.is(recordings.recorder(new StandInContext(config, chosen, config.seed())));
        }
        RefusalTexts texts = new RefusalTexts();
        OkHttpClient client =
                gateway.wrap(new OkHttpClient.Builder().addInterceptor(texts).build());
        return new CassetteSession(how, name, gateway, client, time, listener, texts);
    }

    /** Only a gateway knows what the settings say. Nothing is asked of one that does not fit, and closing it would close what it was given. */
    private static Gateway built(GatewayBuilder builder, ChosenTime chosen) {
        Gateway gateway = builder.build();
        return switch (gateway.config().mode()) {
            case REPLAY -> gateway;
            case RECORD -> {
                chosen.choose(TimeSource.system());
                yield builder.build();
            }
            default -> builder.mode(Mode.REPLAY).build();
        };
    }

    /** What replays; empty while recording. */
    Optional<CassettePlayer> player() {
        return gateway.standIn(CassettePlayer.class);
    }

    /**
     * Ends it.
     *
     * @param shared takes what was played, if all tests of the class are judged together
     * @throws AssertionError if a call had no recording, if something was left unplayed that must not be, or if a recording is not saved
     */
    void close(Optional<AllPlayed> shared) {
        List<String> wrong = new ArrayList<>(refusals());
        wrong.addAll(unplayed(shared));
        Optional<AssertionError> unfit = wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new AssertionError(
                        "Cassette " + name + " does not fit this test:\n  " + String.join("\n  ", wrong)));
        try {
            gateway.close();
        } catch (RuntimeException e) {
            AssertionError unsaved =
                    new AssertionError("Cassette " + name + " was not recorded whole: " + e.getMessage(), e);
            unfit.ifPresent(unsaved::addSuppressed);
            throw unsaved;
        }
        if (unfit.isPresent()) {
            throw unfit.get();
        }
    }

    private List<String> refusals() {
        return listener.reports().stream()
                .filter(report -> report.refusal().filter(UNANSWERED::contains).isPresent())
                .map(this::told)
                .toList();
    }

    private String told(CallReport report) {
        RefusalReason reason = report.refusal().orElseThrow();
        return report.method() + " " + report.endpoint() + " was refused with " + reason.status() + " " + reason.code()
                + texts.of(report.callId())
                        .map(text -> ": " + text.replace("\n", "\n    "))
                        .orElse("");
    }

    private List<String> unplayed(Optional<AllPlayed> shared) {
        if (!how.allPlayed() || player().isEmpty()) {
            return List.of();
        }
        String directory = gateway.config().cassettes().directory();
        Set<Integer> played =
                player().get().played().getOrDefault(name, new TreeMap<>()).keySet();
        if (shared.isEmpty()) {
            return AllPlayed.unplayed(directory, name, played);
        }
        shared.get().add(directory, name, played);
        return List.of();
    }
}
