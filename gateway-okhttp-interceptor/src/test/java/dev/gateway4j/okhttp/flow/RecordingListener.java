package dev.gateway4j.okhttp.flow;

import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every report. */
final class RecordingListener implements CallListener {
    private final List<CallReport> reports = new CopyOnWriteArrayList<>();

    @Override
    public void ended(CallReport report) {
        reports.add(report);
    }

    List<CallReport> reports() {
        return reports;
    }

    CallReport only() {
        if (reports.size() != 1) {
            throw new AssertionError("expected one report, got " + reports);
        }
        return reports.get(0);
    }
}
