package dev.gateway4j.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.ErrorBody;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The smallest stand-in there is: one chat completion, streamed or whole, one list of models, and 404 for the rest. */
public final class CannedStandIn implements StandIn {
    private static final long PACE = Duration.ofMillis(20).toNanos();

    /** The same answers for everybody. */
    public CannedStandIn() {}

    @Override
    public WireAnswer answer(WireRequest request) {
        long now = request.arrivedNanos();
        if (request.path().equals("/v1/models")) {
            return json(
                    200,
                    now,
                    "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o-mini\",\"object\":\"model\"}]}".getBytes(UTF_8));
        }
        if (!request.path().equals("/v1/chat/completions")) {
            return json(
                    404,
                    now,
                    ErrorBody.of("No such path.", "invalid_request_error", Optional.empty(), Optional.empty()));
        }
        if (new String(request.body(), UTF_8).contains("\"stream\":true")) {
            return streamed(now);
        }
        return json(200, now, "{\"object\":\"chat.completion\",\"choices\":[]}".getBytes(UTF_8));
    }

    private static WireReply json(int status, long now, byte[] body) {
        return new WireReply(status, WireHeaders.of("content-type", "application/json"), now, Frames.of(body, now));
    }

    private static WireReply streamed(long now) {
        return new WireReply(
                200,
                WireHeaders.of("content-type", "text/event-stream"),
                now,
                Frames.of(List.of(
                        new Frame.Chunk(now + PACE, "data: {\"choices\":[]}\n\n".getBytes(UTF_8)),
                        new Frame.Chunk(now + 2 * PACE, "data: [DONE]\n\n".getBytes(UTF_8)),
                        new Frame.End(now + 2 * PACE, WireHeaders.empty()))));
    }
}
