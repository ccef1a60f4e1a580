package dev.gateway4j.api.config;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes keys of the checked {@code credentials} of an environment. */
final class CredentialBinder {
    static final String API_KEY = "api_key";
    private static final String PLAIN_KEY = "OPENAI_API_KEY";

    private final Purpose purpose;
    private final String environment;
    private final Known upstreams;
    private final Layers layers;
    private final KeyVault vault;
    private final ForbiddenKeys forbidden;
    private final Problems problems;
    private final List<String> notices;

    CredentialBinder(
            Purpose purpose,
            Known upstreams,
            Layers layers,
            KeyVault vault,
            ForbiddenKeys forbidden,
            Problems problems,
            List<String> notices) {
        this.purpose = purpose;
        this.environment = purpose.environment();
        this.upstreams = upstreams;
        this.layers = layers;
        this.vault = vault;
        this.forbidden = forbidden;
        this.problems = problems;
        this.notices = notices;
    }

    /**
     * The upstreams keys can be for.
     *
     * @param names also of those that are described wrongly, so that nothing is reported twice
     */
    record Known(Map<String, Upstream> byName, List<String> names) {
        Known {
            byName = Map.copyOf(byName);
            names = List.copyOf(names);
        }
    }

    /**
     * What keys are for.
     *
     * @param environment whose keys they are
     * @param profile what that environment starts from
     * @param mode what answers its calls
     * @param records whether exchanges may be saved: a plain OPENAI_API_KEY is then good enough
     * @param needed whether there has to be one for OpenAI
     * @param azure whether Azure's variables may give one
     * @param elsewhere whether they come from a key source, so that the settings hold none
     */
    record Purpose(
            String environment,
            Profile profile,
            Mode mode,
            boolean records,
            boolean needed,
            boolean azure,
            boolean elsewhere) {
        /** True if a call can carry a key. */
        boolean usesKeys() {
            return mode.reachesUpstream() || records;
        }
    }

    /** True if the settings name a key, be it there or not. */
    static boolean configured(Tree.Section credentials) {
        return credentials.at(API_KEY).isPresent() || isListed(credentials);
    }

    private static boolean isListed(Tree.Section credentials) {
        return credentials
                .at("keys")
                .filter(tree ->
                        !(tree instanceof Tree.Items items && items.items().isEmpty()))
                .isPresent();
    }

    /** The keys; those whose secret is not there are left out if no call can need them. */
    List<UpstreamKey> keys(Tree.Section credentials) {
        boolean single = credentials.at(API_KEY).isPresent();
        boolean several = isListed(credentials);
        if (single && several) {
            problems.add(
                    credentials.at(API_KEY).orElseThrow().origin(),
                    "stands beside keys; write either one api_key or the list, with this key in it");
        }
        if (several) {
            return listed(credentials.sections("keys"));
        }
        return single ? one(credentials, credentials.text(API_KEY)) : conventional(credentials);
    }

    private List<UpstreamKey> one(Tree.Section credentials, Optional<Tree.Text> apiKey) {
        return apiKey.flatMap(text -> secret(environment, Upstream.OPENAI.name(), text))
                .map(secret -> List.of(key(environment, secret, credentials)))
                .orElse(List.of());
    }

    /**
     * With no key configured, the variable that carries the name of the environment; a plain OPENAI_API_KEY could be production's, and
     * is used for recording only.
     */
    private List<UpstreamKey> conventional(Tree.Section credentials) {
        if (!purpose.usesKeys()) {
            return List.of();
        }
        String variable = variable(environment);
        boolean azure = purpose.azure() && layers.variable(AzureVariables.KEY).isPresent();
        List<UpstreamKey> keys = new ArrayList<>();
        if (layers.variables().apply(variable) != null) {
            keys.addAll(one(credentials, Optional.of(reference(variable, layers))));
        } else if (purpose.records() && layers.variable(PLAIN_KEY).isPresent()) {
            notices.add("Recording uses the key in " + PLAIN_KEY + ", since " + variable + " is not set.");
            keys.addAll(one(credentials, Optional.of(reference(PLAIN_KEY, layers))));
        } else if (!azure) {
            missing(variable);
        }
        if (azure) {
            secret(AzureVariables.NAME, AzureVariables.NAME, reference(AzureVariables.KEY, layers))
                    .map(secret -> UpstreamKey.of(AzureVariables.NAME, secret).withUpstream(AzureVariables.NAME))
                    .ifPresent(keys::add);
        }
        return keys;
    }

    /** The variable that carries the name of an environment. */
    static String variable(String environment) {
        return "OPENAI_API_KEY_" + environment.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    static Tree.Text reference(String variable, Layers layers) {
        return new Tree.Text("${" + variable + "}", Origin.of(variable, Origin.VARIABLE, layers.directory()));
    }

    private void missing(String variable) {
        Upstream openai = upstreams.byName().getOrDefault(Upstream.OPENAI.name(), Upstream.OPENAI);
        if (openai.auth() == Upstream.Auth.NONE) {
            return;
        }
        if (purpose.needed()) {
            String others = purpose.records() ? ", " + PLAIN_KEY + ", " + AzureVariables.KEY : "";
            problems.add(
                    Origin.of(variable, Origin.VARIABLE, layers.directory()),
                    "is not set; environment \"" + environment + "\" needs a key in mode "
                            + purpose.mode().id() + ". Set it" + others + ", or openai.credentials.api_key");
        } else {
            notices.add("No key is there, so nothing of OpenAI's can be recorded. Set " + variable + " or " + PLAIN_KEY
                    + ".");
        }
    }

    private List<UpstreamKey> listed(List<Tree.Section> entries) {
        List<UpstreamKey> keys = new ArrayList<>();
        Map<String, Origin> names = new LinkedHashMap<>();
        for (Tree.Section entry : entries) {
            require(entry, "name", "reports and logs call the key by it");
            require(entry, API_KEY, "write ${NAME} or file:NAME");
            boolean known = knowsUpstream(entry);
            Optional<String> name = entry.text("name").map(Tree.Text::value);
            name.ifPresent(given -> duplicate(given, entry, names));
            String alias = name.orElse("key");
            Optional<Secret> secret = entry.text(API_KEY).flatMap(text -> secret(alias, upstream(entry), text));
            inOrder(entry);
            if (known && name.isPresent() && secret.isPresent()) {
                keys.add(key(alias, secret.get(), entry));
            }
        }
        return keys;
    }

    private void require(Tree.Section entry, String name, String why) {
        if (entry.at(name).isEmpty()) {
            problems.add(entry.origin(), "has no " + name + "; " + why);
        }
    }

    private void duplicate(String name, Tree.Section entry, Map<String, Origin> names) {
        Origin before = names.putIfAbsent(name, entry.origin());
        if (before != null) {
            problems.add(
                    entry.text("name").orElseThrow().origin(),
                    Problems.quoted(name) + " is already the name of " + before.path() + "; give each key its own");
        }
    }

    private boolean knowsUpstream(Tree.Section entry) {
        Optional<Tree.Text> stranger =
                entry.text("upstream").filter(text -> !upstreams.names().contains(text.value()));
        stranger.ifPresent(text -> problems.add(
                text.origin(),
                Problems.quoted(text.shown()) + " is not an upstream; "
                        + SchemaCheck.suggestion(text.value(), upstreams.names())));
        return stranger.isEmpty();
    }

    private static UpstreamKey key(String name, Secret secret, Tree.Section entry) {
        int weight = entry.text("weight")
                .map(text -> Integer.parseInt(text.value().strip()))
                .orElse(1);
        return new UpstreamKey(
                name,
                secret,
                upstream(entry),
                weight,
                entry.at("models").isPresent() ? entry.texts("models") : List.of(UpstreamKey.EVERY_MODEL),
                entry.text("organization").map(Tree.Text::value),
                entry.text("project").map(Tree.Text::value),
                entry.texts("deny_models"),
                instant(entry, "valid_from"),
                instant(entry, "valid_until"));
    }

    /** The name of the upstream that an entry is for. */
    static String upstream(Tree.Section entry) {
        return entry.text("upstream").map(Tree.Text::value).orElse(Upstream.OPENAI.name());
    }

    private static Optional<Instant> instant(Tree.Section entry, String name) {
        return entry.text(name).flatMap(text -> Values.instant(text.value()));
    }

    private void inOrder(Tree.Section entry) {
        Optional<Instant> from = instant(entry, "valid_from");
        Optional<Instant> until = instant(entry, "valid_until");
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            problems.add(
                    entry.text("valid_until").orElseThrow().origin(),
                    "is not after valid_from, so the key would never be valid; write a later time");
        }
    }

    private Optional<Secret> secret(String alias, String upstream, Tree.Text text) {
        try {
            Secret secret = vault.secret(alias, upstream, text);
            Optional<String> owner = forbidden.environmentOf(secret);
            owner.ifPresent(other -> problems.add(
                    text.origin(),
                    "leads to a key of environment \"" + other + "\", which must not be used in \"" + environment
                            + "\"; put a key of \"" + environment + "\" there"));
            return owner.isPresent() ? Optional.empty() : Optional.of(secret);
        } catch (Interpolation.UnresolvedException e) {
            if (purpose.mode().reachesUpstream() || !e.isUnset()) {
                problems.add(text.origin(), e.text());
            } else if (purpose.records()) {
                notices.add("Nothing is recorded with key \"" + alias + "\": "
                        + text.origin().path() + " " + e.text() + ".");
            }
        } catch (IllegalArgumentException e) {
            problems.add(text.origin(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }
}
