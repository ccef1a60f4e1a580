package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.CareReport;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Cassettes;
import dev.gateway4j.cassette.internal.match.MatchRules;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lint over a collection. Holds one cassette at a time, besides those whose requests look alike. Immutable. */
public final class Linter {
    private final CassetteConfig settings;
    private final List<InteractionRule> rules;

    /** With these settings, at this time. */
    public Linter(CassetteConfig settings, Instant now) {
        this.settings = settings;
        this.rules = List.of(
                new RequestRule(),
                new StatusRule(),
                new LengthRule(),
                new HeaderNameRule(),
                new EncodingRule(),
                new JsonRule(),
                new StreamRule(),
                new EndingRule(),
                new AgeRule(settings.expiresAfter(), now),
                new SecretRule());
    }

    /** Looks at the cassettes of these names. */
    public CareReport check(Cassettes cassettes, Collection<String> names) {
        SortedSet<String> sorted = new TreeSet<>(names);
        Findings findings = new Findings();
        Overlaps overlaps = new Overlaps(MatchRules.of(settings.match()), settings.repeats());
        for (String name : sorted) {
            read(cassettes, name, findings).ifPresent(cassette -> {
                look(cassette, findings);
                overlaps.add(cassette);
            });
        }
        overlaps.report(cassettes, findings);
        return new CareReport(sorted.size(), findings.sorted());
    }

    private static Optional<Cassette> read(Cassettes cassettes, String name, Findings findings) {
        CassetteConfig.objectionToName(name).ifPresent(objection -> findings.file(name)
                .warning("bad-name", "the name " + objection + ". No call can ask for it; rename the file"));
        try {
            return Optional.of(cassettes.load(name));
        } catch (CassetteException e) {
            findings.file(name).error("unreadable", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private void look(Cassette cassette, Findings findings) {
        if (cassette.interactions().isEmpty()) {
            findings.file(cassette.name())
                    .warning("empty", "it holds no interaction, so it answers nothing; record it again or delete it");
        }
        for (int i = 0; i < cassette.interactions().size(); i++) {
            var interaction = cassette.interactions().get(i);
            Findings.Spot spot = findings.interaction(cassette.name(), i);
            if (interaction.id() != i) {
                spot.at("/id")
                        .warning(
                                "wrong-id",
                                "id is " + interaction.id() + " at place " + i
                                        + "; ids count from 0 in the order of the file. Write " + i);
            }
            rules.forEach(rule -> rule.look(interaction, spot));
        }
    }
}
