package dev.gateway4j.testkit;

import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every report it hears of, for a test to look at. Thread-safe; it keeps everything, so it is for tests only. */
public final class RecordingListener implements CallListener {
    private final List<CallReport> reports = new CopyOnWriteArrayList<>();

    /** A listener that has heard nothing yet. */
    public RecordingListener() {}

    @Override
    public void ended(CallReport report) {
        reports.add(report);
    }

    /** The reports so far, in the order in which the calls ended. */
    public List<CallReport> reports() {
        return List.copyOf(reports);
    }

    /** Forgets what it has heard. */
    public void clear() {
        reports.clear();
    }
}
