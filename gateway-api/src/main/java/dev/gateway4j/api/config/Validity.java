package dev.gateway4j.api.config;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Finds times at which no key of an upstream is valid. */
final class Validity {
    private Validity() {}

    /** A sentence for every upstream whose keys leave a gap, from now on. */
    static List<String> notices(List<UpstreamKey> keys, Instant now) {
        TreeMap<String, List<UpstreamKey>> byUpstream = new TreeMap<>();
        keys.forEach(key -> byUpstream
                .computeIfAbsent(key.upstream(), name -> new ArrayList<>())
                .add(key));
        List<String> notices = new ArrayList<>();
        byUpstream.forEach(
                (upstream, its) -> gap(its, now).ifPresent(from -> notices.add(sentence(upstream, its, from, now))));
        return notices;
    }

    private static String sentence(String upstream, List<UpstreamKey> keys, Instant from, Instant now) {
        String begins = from.equals(now)
                ? "No key of upstream " + upstream + " is valid now"
                : "No key of upstream " + upstream + " is valid from " + from + " on";
        String ends = next(keys, from)
                .map(key -> ", until " + key.name() + " begins at "
                        + key.validFrom().orElseThrow())
                .orElse("");
        return begins + ends + "; calls to it are refused. Add a key, or change valid_from or valid_until.";
    }

    private static Optional<Instant> gap(List<UpstreamKey> keys, Instant now) {
        Instant time = now;
        while (true) {
            Instant at = time;
            List<UpstreamKey> valid =
                    keys.stream().filter(key -> key.validAt(at)).toList();
            if (valid.isEmpty()) {
                return Optional.of(at);
            }
            if (valid.stream().anyMatch(key -> key.validUntil().isEmpty())) {
                return Optional.empty();
            }
            time = valid.stream()
                    .map(key -> key.validUntil().orElseThrow())
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static Optional<UpstreamKey> next(List<UpstreamKey> keys, Instant from) {
        return keys.stream()
                .filter(key ->
                        key.validFrom().isPresent() && key.validFrom().get().isAfter(from))
                .min(Comparator.comparing(key -> key.validFrom().orElseThrow()));
    }
}
