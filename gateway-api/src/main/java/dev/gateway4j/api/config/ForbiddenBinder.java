package dev.gateway4j.api.config;

import dev.gateway4j.api.Fingerprint;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.Interpolation.UnresolvedException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which keys belong to other environments: those whose fingerprints are listed, and those which the same file gives to
 * production.
 */
final class ForbiddenBinder {
    private final ConfigBinder.Sources sources;
    private final String environment;
    private final Map<String, Upstream> upstreams;
    private final Problems problems;

    ForbiddenBinder(
            ConfigBinder.Sources sources, String environment, Map<String, Upstream> upstreams, Problems problems) {
        this.upstreams = upstreams;
        this.sources = sources;
        this.environment = environment;
        this.problems = problems;
    }

    /**
     * The keys that must not be used.
     *
     * @param key where the key of the fingerprints is
     * @param needed whether any key can be used at all; if not, the fingerprints may be without a key
     * @param profile of this environment; one of production's may share with another of production's
     */
    ForbiddenKeys keys(KeyVault vault, Optional<Tree.Text> key, boolean needed, Profile profile) {
        Map<String, String> listed = listed();
        Map<Secret, String> values = profile == Profile.PRODUCTION ? Map.of() : productions();
        boolean compared = needed && !listed.isEmpty();
        Optional<Fingerprint> fingerprint =
                listed.isEmpty() && key.isEmpty() ? Optional.empty() : fingerprint(vault, key, compared);
        if (fingerprint.isEmpty() && values.isEmpty()) {
            return ForbiddenKeys.none();
        }
        // Without a key, which is then a problem or needless, nothing can be recognised by its fingerprint.
        return new ForbiddenKeys(fingerprint, fingerprint.isPresent() ? listed : Map.of(), values);
    }

    /** By fingerprint, whose it is, without those of this environment. */
    private Map<String, String> listed() {
        Tree.Section checked = sources.check()
                .section(ConfigSchema.KEY_FINGERPRINTS, sources.file().fingerprints());
        Map<String, String> owners = new HashMap<>();
        checked.children().forEach((owner, tree) -> {
            for (Tree.Text text : checked.listed(owner)) {
                String before = owners.putIfAbsent(text.value().strip().toLowerCase(Locale.ROOT), owner);
                if (before != null && !before.equals(owner)) {
                    problems.add(
                            text.origin(),
                            "stands under \"" + before + "\" too; a key belongs to one environment, so remove one");
                }
            }
        });
        owners.values().removeIf(owner -> isSame(owner, environment));
        return owners;
    }

    private static boolean isSame(String one, String other) {
        return Values.normal(one).equals(Values.normal(other));
    }

    private Optional<Fingerprint> fingerprint(KeyVault vault, Optional<Tree.Text> key, boolean needed) {
        if (key.isEmpty()) {
            if (needed) {
                problems.add(
                        sources.file().fingerprints().origin(),
                        "cannot be compared without openai.credentials.fingerprint_key; write " + Kind.PASSWORD.form()
                                + " there");
            }
            return Optional.empty();
        }
        try {
            return Optional.of(Fingerprint.under(vault.secret("fingerprint_key", "", key.get())));
        } catch (UnresolvedException e) {
            if (needed || !e.isUnset()) {
                problems.add(key.get().origin(), e.text());
            }
        } catch (IllegalArgumentException e) {
            problems.add(key.get().origin(), String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** What other environments with the profile of production have for keys, as far as it can be read here. */
    private Map<Secret, String> productions() {
        Map<Secret, String> found = new HashMap<>();
        FileContent file = sources.file();
        file.environments().keySet().stream()
                .filter(name -> !isSame(name, environment) && isProduction(name, file.environment(name)))
                .forEach(name -> addKeys(name, file.environment(name).section("openai.credentials"), found));
        return found;
    }

    private boolean isProduction(String name, Tree.Section settings) {
        Optional<Profile> builtIn = Profile.named(Values.normal(name));
        return builtIn.isPresent()
                ? builtIn.get() == Profile.PRODUCTION
                : settings.text("profile").stream()
                        .flatMap(text -> quietly(text).stream())
                        .anyMatch(profile -> isSame(profile, Profile.PRODUCTION.id()));
    }

    private Optional<String> quietly(Tree.Text text) {
        try {
            return Optional.of(interpolation().resolve(text.value()));
        } catch (UnresolvedException e) {
            return Optional.empty();
        }
    }

    private Interpolation interpolation() {
        return new Interpolation(sources.layers().variables());
    }

    /** A server that takes any key, or none, is given a word that is nobody's secret, by all environments alike. */
    private void addKeys(String owner, Tree.Section credentials, Map<Secret, String> found) {
        List<Tree.Text> references = new ArrayList<>();
        boolean guarded = guards(Upstream.OPENAI.name());
        if (guarded) {
            credentials.text(CredentialBinder.API_KEY).ifPresent(references::add);
        }
        credentials.sections("keys").stream()
                .filter(entry -> guards(CredentialBinder.upstream(entry)))
                .forEach(entry -> entry.text(CredentialBinder.API_KEY).ifPresent(references::add));
        if (guarded && !CredentialBinder.configured(credentials)) {
            references.add(CredentialBinder.reference(CredentialBinder.variable(owner), sources.layers()));
        }
        // Whoever may read production's files is told so by production; here only the value counts.
        try (KeyVault vault = KeyVault.forComparison(interpolation(), owner)) {
            references.forEach(text -> value(vault, owner, text).ifPresent(secret -> found.putIfAbsent(secret, owner)));
        }
    }

    /** True if the upstream lets in only who has a key. What is not known is taken to. */
    private boolean guards(String name) {
        Upstream upstream = upstreams.get(name);
        return upstream == null || (upstream.auth() != Upstream.Auth.NONE && !isLoopback(upstream.baseUrl()));
    }

    private static boolean isLoopback(URI url) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.matches("127(\\.[0-9]{1,3}){3}")
                || host.equals("[::1]")
                || host.equals("[0:0:0:0:0:0:0:1]");
    }

    private static Optional<Secret> value(KeyVault vault, String owner, Tree.Text text) {
        try {
            return Optional.of(vault.secret(owner, "", text));
        } catch (UnresolvedException | IllegalArgumentException e) {
            return Optional.empty(); // what cannot be read here cannot be used here either
        }
    }
}
