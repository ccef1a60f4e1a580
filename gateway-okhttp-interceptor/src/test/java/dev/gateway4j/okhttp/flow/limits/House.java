package dev.gateway4j.okhttp.flow.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.AttemptReport;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitOutcome;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.GatewayBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A gateway, a client of it, and what it reports. */
final class House implements CallListener, AutoCloseable {
    final Gateway gateway;
    final OkHttpClient client;
    private final List<CallReport> reports = new CopyOnWriteArrayList<>();

    House(GatewayConfig config, TimeSource time, StandIn standIn) {
        this(Gateway.builder().config(config).time(time).standIn(standIn));
    }

    House(GatewayConfig config, TimeSource time) {
        this(Gateway.builder().config(config).time(time));
    }

    House(GatewayBuilder builder) {
        this.gateway = builder.listener(this).build();
        this.client = gateway.wrap(new OkHttpClient());
    }

    @Override
    public void ended(CallReport report) {
        reports.add(report);
    }

    List<CallReport> reports() {
        return reports;
    }

    CallReport last() {
        return reports.get(reports.size() - 1);
    }

    LimitOutcome lastOutcome() {
        List<AttemptReport> attempts = last().attempts();
        return attempts.get(attempts.size() - 1).limit().orElseThrow();
    }

    /** The status of the answer, which is read to its end. */
    int ask(Request request) throws IOException {
        try (Response response = client.newCall(request).execute()) {
            response.body().bytes();
            return response.code();
        }
    }

    /** What the only limit of a kind has left for a user who asks for gpt-4o-mini. */
    long left(LimitKind kind, String user) {
        List<LimitStatus> all = gateway.limits().of(CallTags.none().withUser(user), "gpt-4o-mini").stream()
                .filter(status -> status.kind() == kind)
                .toList();
        assertThat(all).hasSize(1);
        return all.get(0).remaining();
    }

    long left(LimitKind kind) {
        return left(kind, "anna");
    }

    @Override
    public void close() {
        gateway.close();
    }
}
