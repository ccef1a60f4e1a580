package dev.gateway4j.api.config;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes keys of the checked {@code credentials} of an environment. */
final class CredentialBinder {
    private static final int MAX_SECRET_BYTES = 64 * 1024;
    private static final String API_KEY = "api_key";
    private static final String PLAIN_KEY = "OPENAI_API_KEY";

    private final Purpose purpose;
    private final String environment;
    private final Map<String, Upstream> upstreams;
    private final List<String> upstreamNames;
    private final Layers layers;
    private final Problems problems;
    private final List<String> notices;
    private final Interpolation interpolation;

    /** {@code upstreamNames} also holds those that are described wrongly, so that nothing is reported twice. */
    CredentialBinder(
            Purpose purpose,
            Map<String, Upstream> upstreams,
            List<String> upstreamNames,
            Layers layers,
            Problems problems,
            List<String> notices) {
        this.purpose = purpose;
        this.environment = purpose.environment();
        this.upstreams = upstreams;
        this.upstreamNames = upstreamNames;
        this.layers = layers;
        this.problems = problems;
        this.notices = notices;
        this.interpolation = new Interpolation(layers.variables());
    }

    /**
     * What keys are for.
     *
     * @param environment whose keys they are
     * @param mode what answers its calls
     * @param records whether exchanges may be saved: a plain OPENAI_API_KEY is then good enough
     * @param needed whether there has to be one for OpenAI
     * @param azure whether Azure's variables may give one
     */
    record Purpose(String environment, Mode mode, boolean records, boolean needed, boolean azure) {}

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
        return apiKey.flatMap(text -> secret(environment, text))
                .map(secret -> List.of(key(environment, secret, credentials)))
                .orElse(List.of());
    }

    /**
     * With no key configured, the variable that carries the name of the environment; a plain OPENAI_API_KEY could be production's, and
     * is used for recording only.
     */
    private List<UpstreamKey> conventional(Tree.Section credentials) {
        if (!purpose.mode().reachesUpstream() && !purpose.records()) {
            return List.of();
        }
        String variable =
                "OPENAI_API_KEY_" + environment.toUpperCase(Locale.ROOT).replace('-', '_');
        boolean azure = purpose.azure() && layers.variable(AzureVariables.KEY).isPresent();
        List<UpstreamKey> keys = new ArrayList<>();
        if (layers.variables().apply(variable) != null) {
            keys.addAll(one(credentials, Optional.of(reference(variable))));
        } else if (purpose.records() && layers.variable(PLAIN_KEY).isPresent()) {
            notices.add("Recording uses the key in " + PLAIN_KEY + ", since " + variable + " is not set.");
            keys.addAll(one(credentials, Optional.of(reference(PLAIN_KEY))));
        } else if (!azure) {
            missing(variable);
        }
        if (azure) {
            secret(AzureVariables.NAME, reference(AzureVariables.KEY))
                    .map(secret -> UpstreamKey.of(AzureVariables.NAME, secret).withUpstream(AzureVariables.NAME))
                    .ifPresent(keys::add);
        }
        return keys;
    }

    private Tree.Text reference(String variable) {
        return new Tree.Text("${" + variable + "}", Origin.of(variable, Origin.VARIABLE, layers.directory()));
    }

    private void missing(String variable) {
        Upstream openai = upstreams.getOrDefault(Upstream.OPENAI.name(), Upstream.OPENAI);
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
            Optional<Secret> secret = entry.text(API_KEY).flatMap(text -> secret(alias, text));
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
        Optional<Tree.Text> stranger = entry.text("upstream").filter(text -> !upstreamNames.contains(text.value()));
        stranger.ifPresent(text -> problems.add(
                text.origin(),
                Problems.quoted(text.shown()) + " is not an upstream; "
                        + SchemaCheck.suggestion(text.value(), upstreamNames)));
        return stranger.isEmpty();
    }

    private static UpstreamKey key(String name, Secret secret, Tree.Section entry) {
        int weight = entry.text("weight")
                .map(text -> Integer.parseInt(text.value().strip()))
                .orElse(1);
        return new UpstreamKey(
                name,
                secret,
                entry.text("upstream").map(Tree.Text::value).orElse(Upstream.OPENAI.name()),
                weight,
                entry.at("models").isPresent() ? entry.texts("models") : List.of(UpstreamKey.EVERY_MODEL),
                entry.text("organization").map(Tree.Text::value),
                entry.text("project").map(Tree.Text::value));
    }

    private Optional<Secret> secret(String alias, Tree.Text text) {
        try {
            String value = interpolation.resolve(text.value().strip());
            String found = value.startsWith(SecretReference.FILE)
                            && text.value().strip().startsWith(SecretReference.FILE)
                    ? content(text, value.substring(SecretReference.FILE.length()))
                    : value;
            if (found.isBlank()) {
                throw new Interpolation.UnresolvedException(
                        true, "what " + text.value() + " refers to is empty; put the key there");
            }
            return Optional.of(Secret.of(alias, found));
        } catch (Interpolation.UnresolvedException e) {
            if (purpose.mode().reachesUpstream() || !e.isUnset()) {
                problems.add(text.origin(), e.text());
            }
        } catch (IllegalArgumentException e) {
            problems.add(text.origin(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String content(Tree.Text text, String file) throws Interpolation.UnresolvedException {
        String shown = Problems.quoted(text.shown());
        try (InputStream in = Files.newInputStream(text.origin().base().resolve(file.strip()))) {
            byte[] bytes = in.readNBytes(MAX_SECRET_BYTES + 1);
            if (bytes.length > MAX_SECRET_BYTES) {
                throw new Interpolation.UnresolvedException(false, shown + " is larger than 64 KB; it is no key");
            }
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException | InvalidPathException e) {
            throw new Interpolation.UnresolvedException(
                    true, shown + " cannot be read; put the key into that file, readable for this user");
        }
    }
}
