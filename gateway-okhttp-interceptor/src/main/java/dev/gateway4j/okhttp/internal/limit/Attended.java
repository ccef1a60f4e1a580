package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.LimitHeaders;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.Response;

/**
 * An attempt that was admitted, and must end.
 *
 * @param call what its call holds
 * @param permit what it took
 * @param flight the attempt as the upstream's own limits see it
 */
record Attended(CallLimits call, Permit permit, Optional<Flight> flight) {
    /** The head of an answer came. */
    void told(Response response, Instant now) {
        flight.ifPresent(departed -> departed.answered(LimitHeaders.read(response::header, now), response.code()));
    }

    /** The answer has ended and said what it used. */
    void used(Usage usage) {
        call.used(permit, usage);
    }

    /** The answer has ended, or there will be none, and nobody knows what it used. */
    void unknown() {
        call.unknown(permit);
    }

    void answeredWithError() {
        call.answered(permit);
    }

    void neverLeft() {
        call.neverLeft(permit);
    }

    /** No answer came. What could not even connect was not asked; of all else nobody knows what it used. */
    void failed(Throwable e) {
        boolean neverLeft = e instanceof ConnectException
                || e instanceof UnknownHostException
                || e instanceof NoRouteToHostException
                || e instanceof SSLHandshakeException;
        if (neverLeft) {
            neverLeft();
        } else {
            flight.ifPresent(Flight::lost);
            unknown();
        }
    }
}
