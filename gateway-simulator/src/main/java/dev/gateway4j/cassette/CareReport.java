package dev.gateway4j.cassette;

import dev.gateway4j.cassette.Finding.Severity;
import dev.gateway4j.cassette.internal.care.ReportText;
import java.util.List;

/**
 * What was found in a collection of cassettes. The same files give the same report. Immutable and thread-safe.
 *
 * @param cassettes how many were looked at
 * @param findings what was found, by cassette, interaction, severity and rule
 */
public record CareReport(int cassettes, List<Finding> findings) {
    /** Copies the list. */
    public CareReport {
        findings = List.copyOf(findings);
    }

    /** How many findings are of this severity. */
    public long count(Severity severity) {
        return findings.stream().filter(found -> found.severity() == severity).count();
    }

    /** True if there is neither an error nor a warning. */
    public boolean clean() {
        return count(Severity.ERROR) == 0 && count(Severity.WARNING) == 0;
    }

    /** A line for each finding and a sum, for people. */
    public String text() {
        return ReportText.text(this);
    }

    /** The same as a JSON object, for programs: {@code cassettes, errors, warnings, infos, findings}. */
    public String json() {
        return ReportText.json(this);
    }
}
