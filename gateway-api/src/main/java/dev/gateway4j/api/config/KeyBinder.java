package dev.gateway4j.api.config;

import dev.gateway4j.api.config.KeyConfig.Selection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes keys of the checked {@code credentials} of an environment, and what is to be known about them; reads them again later. */
final class KeyBinder {
    private static final String PATH = "openai.credentials.";
    private static final Duration LONGEST_QUARANTINE = Duration.ofDays(1);
    private static final Duration LONGEST_PAUSE = Duration.ofDays(31);

    private final ConfigBinder.Sources sources;
    private final CredentialBinder.Purpose purpose;
    private final CredentialBinder.Known upstreams;
    private final Tree.Section credentials;

    KeyBinder(
            ConfigBinder.Sources sources,
            CredentialBinder.Purpose purpose,
            CredentialBinder.Known upstreams,
            Tree.Section credentials) {
        this.sources = sources;
        this.purpose = purpose;
        this.upstreams = upstreams;
        this.credentials = credentials;
    }

    /** The keys, and how they are treated. */
    record Bound(List<UpstreamKey> keys, KeyConfig config) {}

    private record Reading(List<UpstreamKey> keys, ForbiddenKeys forbidden, List<Path> paths) {}

    Bound bind(Problems problems, List<String> notices) {
        Reading reading = read(problems, notices);
        notices.addAll(Validity.notices(reading.keys(), sources.clock().now()));
        List<String> names = reading.keys().stream().map(UpstreamKey::name).toList();
        KeyFiles files = purpose.elsewhere() || reading.paths().isEmpty()
                ? KeyFiles.none()
                : new KeyFiles(reading.paths(), () -> again(names));
        KeyConfig config = new KeyConfig(
                Values.constant(Selection.class, value("selection")),
                rest("quarantine", LONGEST_QUARANTINE, problems),
                rest("quota_pause", LONGEST_PAUSE, problems),
                files,
                reading.forbidden());
        return new Bound(reading.keys(), config);
    }

    private Reading read(Problems problems, List<String> notices) {
        Interpolation interpolation = new Interpolation(sources.layers().variables());
        try (KeyVault vault = new KeyVault(credentials, interpolation, purpose.environment())) {
            ForbiddenKeys forbidden = new ForbiddenBinder(sources, purpose.environment(), upstreams.byName(), problems)
                    .keys(vault, credentials.text("fingerprint_key"), purpose.usesKeys(), purpose.profile());
            List<UpstreamKey> keys = purpose.elsewhere()
                    ? List.of()
                    : new CredentialBinder(purpose, upstreams, sources.layers(), vault, forbidden, problems, notices)
                            .keys(credentials);
            return new Reading(keys, forbidden, vault.paths());
        }
    }

    /** All keys that were there at the start, or none. */
    private List<UpstreamKey> again(List<String> names) {
        Problems problems = new Problems();
        List<UpstreamKey> keys = read(problems, new ArrayList<>()).keys();
        List<String> found = keys.stream().map(UpstreamKey::name).toList();
        if (problems.isEmpty() && !found.containsAll(names)) {
            List<String> missing =
                    names.stream().filter(name -> !found.contains(name)).toList();
            problems.add(
                    credentials.origin(),
                    "no longer yields " + String.join(", ", missing) + "; put the value back where it was");
        }
        problems.throwIfAny();
        return keys;
    }

    private Duration rest(String name, Duration longest, Problems problems) {
        Duration rest = Values.duration(value(name)).orElseThrow();
        Optional<Tree.Text> set = credentials.text(name);
        if (set.isPresent() && (rest.isZero() || rest.compareTo(longest) > 0)) {
            problems.add(
                    set.get().origin(),
                    Problems.quoted(set.get().shown())
                            + " is no time for a key to rest; write more than 0s and at most " + longest.toDays()
                            + "d");
        }
        return rest;
    }

    private String value(String name) {
        return credentials.text(name).map(Tree.Text::value).orElseGet(() -> ConfigSchema.fallback(PATH + name));
    }
}
