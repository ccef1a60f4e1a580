package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.openai.ErrorBody;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a refusal into the answer that the application sees. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final MediaType JSON = MediaType.get("application/json");

    private final ErrorDetail detail;
    private final TimeSource time;
    private final WarnSparsely warnings;

    /** Refusals that tell this much. */
    public Refusals(ErrorDetail detail, TimeSource time) {
        this.detail = detail;
        this.time = time;
        this.warnings = new WarnSparsely(time, TimeUnit.MINUTES.toNanos(1));
    }

    /** The answer that says no. Whoever delivers it reads the reason from its header, so a refusal can still be overcome on the way out. */
    public Response answer(Request request, Refusal refusal) {
        if (warnings.due(refusal.reason())) {
            LOG.warn("refusal={} {}", refusal.reason().id(), loggable(refusal));
        }
        Refusal shown = detail == ErrorDetail.DETAILED ? refusal : refusal.withMessage(friendly(refusal));
        long now = time.now().toEpochMilli();
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(refusal.reason().status())
                .message("Refused by the gateway")
                .sentRequestAtMillis(now)
                .receivedResponseAtMillis(now)
                .header("x-gateway-source", "gateway")
                .header("x-gateway-cost-usd", "0")
                .body(ResponseBody.create(ErrorBody.of(shown), JSON));
        for (Map.Entry<String, String> header : refusal.headers().entries()) {
            response.header(header.getKey(), header.getValue());
        }
        return response.build();
    }

    /** What differs from a recording is shown to whoever asked, with both prompts; a log has no prompts. */
    private static String loggable(Refusal refusal) {
        return switch (refusal.reason()) {
            case NO_CASSETTE -> "No cassette answers a call; its answer says which is nearest and what differs.";
            case CASSETTE_MISMATCH -> "A cassette does not fit a call; its answer says what differs and what to do.";
            default -> refusal.message();
        };
    }

    private static String friendly(Refusal refusal) {
        return switch (refusal.reason()) {
            case INVALID_REQUEST, CASSETTE_MISMATCH, NO_CASSETTE -> "This request cannot be processed.";
            case BODY_TOO_LARGE -> "This request is too large.";
            case CONTENT_REFUSED -> "This request was refused by a content rule.";
            case RATE_LIMITED -> "Too many requests. Please try again later.";
            case NO_KEY, ISOLATION, BUDGET_EXCEEDED, UNPRICED, NOT_CACHED, UPSTREAMS_EXHAUSTED, CIRCUIT_OPEN ->
                "The service is not available right now. Please try again later.";
        };
    }
}
