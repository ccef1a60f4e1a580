package dev.gateway4j.okhttp.flow;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Cassettes by the path of the request; whatever they lack is refused for this reason. */
final class CannedCassettes implements StandIn {
    final List<WireRequest> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers;
    private final RefusalReason lacking;
    volatile boolean closed;

    CannedCassettes(RefusalReason lacking, Map<String, String> answers) {
        this.lacking = lacking;
        this.answers = Map.copyOf(answers);
    }

    static CannedCassettes of(Map<String, String> answers) {
        return new CannedCassettes(RefusalReason.NO_CASSETTE, answers);
    }

    static CannedCassettes none() {
        return of(Map.of());
    }

    @Override
    public WireAnswer answer(WireRequest request) {
        asked.add(request);
        String answer = answers.get(request.path());
        return answer == null
                ? new WireRefusal(request.arrivedNanos(), Refusal.of(lacking, "No recording answers."))
                : new WireReply(
                        200,
                        WireHeaders.of("content-type", "application/json", "x-request-id", "req_recorded"),
                        request.arrivedNanos(),
                        Frames.of(answer.getBytes(StandardCharsets.UTF_8), request.arrivedNanos()));
    }

    @Override
    public void close() {
        closed = true;
    }
}
