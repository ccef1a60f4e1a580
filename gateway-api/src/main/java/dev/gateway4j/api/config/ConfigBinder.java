package dev.gateway4j.api.config;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the settings of one environment of what was set, and checks what no single value shows. */
final class ConfigBinder {
    private final EnvironmentChoice choice;
    private final Tree.Section settings;
    private final Tree.Section upstreamSettings;
    private final Sources sources;
    private final Layers layers;
    private final Problems problems;
    private final boolean keysElsewhere;

    ConfigBinder(
            EnvironmentChoice choice,
            Sources sources,
            Tree.Section settings,
            Tree.Section upstreamSettings,
            Problems problems,
            boolean keysElsewhere) {
        this.choice = choice;
        this.settings = settings;
        this.upstreamSettings = upstreamSettings;
        this.sources = sources;
        this.layers = sources.layers();
        this.problems = problems;
        this.keysElsewhere = keysElsewhere;
    }

    /** Where settings come from, for what one environment has to know of others. */
    record Sources(Layers layers, FileContent file, SchemaCheck check, TimeSource clock) {}

    GatewayConfig bind() {
        Profile profile = profile();
        Mode mode = choice("openai.mode", Mode.class).orElse(profile.mode());
        checkMode(profile, mode);
        Map<String, Upstream> upstreams = new UpstreamBinder(problems).upstreams(upstreamSettings);
        List<String> notices = notices(profile);
        // Replay looks a call up as it would have been scrubbed when it was recorded, with the same variables.
        if (records(mode) || mode == Mode.REPLAY) {
            KeyLikeVariables.register(layers);
        }
        KeyBinder.Bound keys = keys(profile, mode, upstreams, notices);
        List<ResponseRule> responses = new ResponseBinder(problems).rules(settings.section("openai"));
        if (mode == Mode.HYBRID && repliesFromCassettes(responses)) {
            KeyLikeVariables.register(layers);
        }
        CassetteConfig cassettes =
                new CassetteBinder(problems, layers, mayRecord()).cassettes(settings.section("openai.cassettes"));
        RateLimitConfig limits = new LimitBinder(sources.file(), sources.check(), keyNames(), problems, notices)
                .limits(choice.name(), settings.section(LimitBinder.PATH));
        CacheConfig cache =
                new CacheBinder(upstreams.keySet(), keyNames(), problems).cache(settings.section(CacheBinder.PATH));
        problems.throwIfAny();
        return new GatewayConfig(
                choice.name(),
                profile,
                mode,
                Values.constant(Isolation.class, value("isolation_level")),
                upstreams,
                keys.keys(),
                settings.section("openai.models").values(),
                responses,
                Values.constant(ResponseType.class, value("openai.default_response")),
                choice("gateway.monitoring.logging", LogLevel.class).orElse(profile.logging()),
                choice("gateway.errors", ErrorDetail.class).orElse(profile.errors()),
                Values.bytes(value("gateway.max_body_bytes")).orElseThrow(),
                Math.toIntExact(Values.whole(value("gateway.max_json_depth")).orElseThrow()),
                Values.whole(value("openai.seed")).orElseThrow(),
                value("openai.latency"),
                notices,
                Values.duration(value("data.retention")).orElseThrow(),
                cassettes,
                keys.config(),
                limits,
                cache);
    }

    private List<String> keyNames() {
        Optional<Set<String>> listed =
                keysElsewhere ? Optional.empty() : sources.file().keyNames();
        List<String> names = new ArrayList<>(listed.orElseGet(Set::of));
        if (listed.isPresent()) {
            names.addAll(List.of(choice.name(), AzureVariables.NAME));
        }
        return names;
    }

    private boolean repliesFromCassettes(List<ResponseRule> responses) {
        return Values.constant(ResponseType.class, value("openai.default_response")) == ResponseType.CASSETTE
                || responses.stream().anyMatch(rule -> rule.type() == ResponseType.CASSETTE);
    }

    private KeyBinder.Bound keys(Profile profile, Mode mode, Map<String, Upstream> upstreams, List<String> notices) {
        Tree.Section credentials = settings.section("openai.credentials");
        List<String> names = new ArrayList<>(upstreamSettings.children().keySet());
        names.add(Upstream.OPENAI.name());
        boolean fromVariables = !keysElsewhere
                && records(mode)
                && !CredentialBinder.configured(credentials)
                && !names.contains(AzureVariables.NAME);
        if (fromVariables) {
            new AzureVariables(layers, problems).upstream().ifPresent(azure -> upstreams.put(azure.name(), azure));
        }
        // Under relaxed isolation one may record nothing but hosts that are no upstream, with their own credentials.
        boolean relaxed = Values.constant(Isolation.class, value("isolation_level")) == Isolation.RELAXED;
        boolean needed = mode.reachesUpstream() && !(mode == Mode.RECORD && relaxed);
        CredentialBinder.Purpose purpose = new CredentialBinder.Purpose(
                choice.name(), profile, mode, records(mode), needed, fromVariables, keysElsewhere);
        CredentialBinder.Known known = new CredentialBinder.Known(upstreams, names);
        return new KeyBinder(sources, purpose, known, credentials).bind(problems, notices);
    }

    /** True if exchanges with an upstream may be saved. */
    private boolean records(Mode mode) {
        return mode == Mode.RECORD
                || (mode == Mode.REPLAY
                        && mayRecord()
                        && Values.truth(value("openai.cassettes.record_missing"))
                                .orElse(false));
    }

    private List<String> notices(Profile profile) {
        List<String> notices = new ArrayList<>();
        if (!choice.isSet() && settings.at("openai.mode").isEmpty()) {
            notices.add(Notices.nothingSet(choice.name(), profile));
        }
        if (Values.truth(value("openai.cassettes.record_missing")).orElse(false) && !mayRecord()) {
            notices.add(
                    "Nothing is recorded, since the variable CI is set; openai.cassettes.record_missing has no effect.");
        }
        notices.addAll(Notices.dormant(settings));
        return notices;
    }

    private Profile profile() {
        Optional<Profile> builtIn = Profile.named(choice.name());
        Optional<Profile> wanted = choice("profile", Profile.class);
        if (builtIn.isPresent() && wanted.isPresent() && !builtIn.equals(wanted)) {
            problems.add(
                    settings.text("profile").orElseThrow().origin(),
                    "environment \"" + choice.name() + "\" has its own profile, not \""
                            + wanted.get().id() + "\"; remove profile, or give the environment another name");
        }
        return builtIn.or(() -> wanted).orElse(Profile.STAGING);
    }

    private void checkMode(Profile profile, Mode mode) {
        Optional<Tree.Text> set = settings.text("openai.mode");
        if (set.isEmpty()) {
            return;
        }
        boolean allowed = Values.truth(value("allow_stand_in")).orElse(false);
        if (profile == Profile.PRODUCTION && mode != Mode.PASSTHROUGH && !allowed) {
            problems.add(
                    set.get().origin(),
                    "mode " + mode.id() + " is refused by the production profile, which starts in passthrough only;"
                            + " remove it, or set allow_stand_in: true");
        }
        if (mode == Mode.RECORD && !mayRecord()) {
            problems.add(
                    set.get().origin(),
                    "mode record is refused where the variable CI is set; record elsewhere and replay here, or set"
                            + " openai.cassettes.record_in_ci: true");
        }
    }

    private boolean mayRecord() {
        return !isContinuousIntegration()
                || Values.truth(value("openai.cassettes.record_in_ci")).orElse(false);
    }

    private boolean isContinuousIntegration() {
        String variable = layers.variables().apply("CI");
        return variable != null && !variable.strip().toLowerCase(Locale.ROOT).equals("false");
    }

    /** What is set, else the default of the table. */
    private String value(String path) {
        return settings.text(path).map(Tree.Text::value).orElseGet(() -> ConfigSchema.fallback(path));
    }

    private <E extends Enum<E>> Optional<E> choice(String path, Class<E> type) {
        return settings.text(path).map(text -> Values.constant(type, text.value()));
    }
}
