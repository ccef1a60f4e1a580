package dev.gateway4j.cassette.internal.care;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.cassette.CareReport;
import dev.gateway4j.cassette.Finding;
import dev.gateway4j.cassette.Finding.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Reports as text and as JSON. */
public final class ReportText {
    private ReportText() {}

    /** A line for each finding, then the sum. */
    public static String text(CareReport report) {
        return lines(report.findings()) + sum(report) + "\n";
    }

    private static String sum(CareReport report) {
        return many(report.cassettes(), "cassette") + ": " + sum(report.findings());
    }

    /** The report as JSON. */
    public static String json(CareReport report) {
        ObjectNode object = CareJson.object();
        object.put("cassettes", report.cassettes());
        add(object, report.findings());
        return CareJson.text(object);
    }

    static String lines(List<Finding> findings) {
        return findings.stream().map(found -> found + "\n").collect(Collectors.joining());
    }

    static String sum(List<Finding> findings) {
        return many(count(findings, Severity.ERROR), "error") + ", "
                + many(count(findings, Severity.WARNING), "warning") + ", "
                + count(findings, Severity.INFO) + " for information";
    }

    static void add(ObjectNode object, List<Finding> findings) {
        object.put("errors", count(findings, Severity.ERROR));
        object.put("warnings", count(findings, Severity.WARNING));
        object.put("infos", count(findings, Severity.INFO));
        ArrayNode array = object.putArray("findings");
        findings.forEach(found -> array.addObject()
                .put("severity", found.severity().text())
                .put("cassette", found.cassette())
                .put("place", found.place())
                .put("rule", found.rule())
                .put("message", found.message()));
    }

    static String many(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream().filter(found -> found.severity() == severity).count();
    }
}
