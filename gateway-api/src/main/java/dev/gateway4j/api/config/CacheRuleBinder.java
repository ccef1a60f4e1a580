package dev.gateway4j.api.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes the rules of the cache, and reports those that never do anything. */
final class CacheRuleBinder {
    private static final List<String> ASKING = List.of("/v1/chat/completions", "/v1/responses");
    private static final List<String> ENDPOINTS =
            List.of("/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/moderations", "/v1/responses");
    private static final String EVERY_MODEL = "*";

    private final Collection<String> upstreams;
    private final Problems problems;
    private final boolean semantic;

    CacheRuleBinder(Collection<String> upstreams, Problems problems, boolean semantic) {
        this.upstreams = upstreams;
        this.problems = problems;
        this.semantic = semantic;
    }

    List<CacheRule> rules(List<Tree.Section> entries) {
        List<CacheRule> rules = new ArrayList<>();
        for (Tree.Section entry : entries) {
            if (rules.stream().anyMatch(CacheRuleBinder::fitsEverything)) {
                problems.add(
                        entry.origin(), "never counts: a rule before it fits every call; move it up, or remove it");
            }
            rules.add(rule(entry));
        }
        return rules;
    }

    private static boolean fitsEverything(CacheRule rule) {
        return rule.endpoint().isEmpty()
                && rule.upstream().isEmpty()
                && rule.model().equals(EVERY_MODEL);
    }

    private CacheRule rule(Tree.Section entry) {
        entry.text("endpoint").ifPresent(text -> known(text, ENDPOINTS, "is no endpoint that is cached"));
        entry.text("upstream").ifPresent(text -> known(text, upstreams, "is no upstream"));
        boolean cached =
                entry.text("cached").flatMap(text -> Values.truth(text.value())).orElse(true);
        Optional<Duration> ttl = CacheBinder.time(entry.text("ttl"), Duration.ofMillis(1), problems);
        OptionalDouble threshold = CacheBinder.threshold(entry.text("threshold"), problems);
        effects(entry, cached);
        return new CacheRule(
                value(entry, "endpoint"),
                value(entry, "model").orElse(EVERY_MODEL),
                value(entry, "upstream"),
                cached,
                ttl,
                threshold);
    }

    private static Optional<String> value(Tree.Section entry, String name) {
        return entry.text(name).map(text -> text.value().strip());
    }

    private void known(Tree.Text text, Collection<String> names, String complaint) {
        if (!names.contains(text.value().strip())) {
            problems.add(
                    text.origin(),
                    Problems.quoted(text.shown()) + " " + complaint + "; "
                            + SchemaCheck.suggestion(text.value(), List.copyOf(names)));
        }
    }

    private void effects(Tree.Section entry, boolean cached) {
        boolean says = entry.at("cached").isPresent()
                || entry.at("ttl").isPresent()
                || entry.at("threshold").isPresent();
        if (!says) {
            problems.add(entry.origin(), "has no effect; write cached, ttl or threshold, or remove it");
        }
        if (!cached) {
            withoutEffect(entry, "ttl", "where nothing is cached; remove it, or cached: false");
            withoutEffect(entry, "threshold", "where nothing is cached; remove it, or cached: false");
        } else if (!semantic) {
            withoutEffect(entry, "threshold", "without semantic; write a semantic section, or remove it");
        } else if (value(entry, "endpoint")
                .filter(name -> !ASKING.contains(name))
                .isPresent()) {
            withoutEffect(entry, "threshold", "for this endpoint, which asks no questions in words; remove it");
        }
    }

    private void withoutEffect(Tree.Section entry, String name, String why) {
        entry.text(name).ifPresent(text -> problems.add(text.origin(), "has no effect " + why));
    }
}
