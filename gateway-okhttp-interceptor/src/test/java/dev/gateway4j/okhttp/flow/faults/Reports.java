package dev.gateway4j.okhttp.flow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every report. */
public final class Reports implements CallListener {
    private final List<CallReport> all = new CopyOnWriteArrayList<>();

    @Override
    public void ended(CallReport report) {
        all.add(report);
    }

    /** The only report there is. */
    public CallReport only() {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** All of them. */
    public List<CallReport> all() {
        return List.copyOf(all);
    }
}
