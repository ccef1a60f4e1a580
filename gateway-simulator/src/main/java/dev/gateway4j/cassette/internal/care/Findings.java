package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Finding;
import dev.gateway4j.cassette.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers findings and puts them in the order of reports. Used by one thread. */
final class Findings {
    private static final Comparator<Finding> ORDER = Comparator.comparing(Finding::cassette)
            .thenComparingInt(found -> found.interaction().orElse(-1))
            .thenComparing(Finding::severity)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::place)
            .thenComparing(Finding::message);

    private final List<Finding> findings = new ArrayList<>();

    /** Where findings about a whole file go. */
    Spot file(String cassette) {
        return new Spot(this, cassette, "");
    }

    /** Where findings about one interaction go. */
    Spot interaction(String cassette, int index) {
        return new Spot(this, cassette, "/interactions/" + index);
    }

    List<Finding> sorted() {
        return findings.stream().sorted(ORDER).toList();
    }

    /** A place about which something can be said. */
    record Spot(Findings findings, String cassette, String place) {
        Spot at(String more) {
            return new Spot(findings, cassette, place + more);
        }

        void error(String rule, String message) {
            add(Severity.ERROR, rule, message);
        }

        void warning(String rule, String message) {
            add(Severity.WARNING, rule, message);
        }

        void info(String rule, String message) {
            add(Severity.INFO, rule, message);
        }

        void add(Severity severity, String rule, String message) {
            findings.findings.add(new Finding(severity, cassette, place, rule, message));
        }
    }
}
