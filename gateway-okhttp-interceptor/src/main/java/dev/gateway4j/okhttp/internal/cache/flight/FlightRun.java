package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.okhttp.internal.body.ObservedBody;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the thread of a flight does: gets the answer, reads it to its end, and tells everybody whatever happens. */
final class FlightRun implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(FlightRun.class);
    private static final long PIECE = 8192;

    private final Flight flight;
    private final FlightCall call;
    private final Journey journey;
    private final String endpoint;

    FlightRun(Flight flight, FlightCall call, Journey journey, String endpoint) {
        this.flight = flight;
        this.call = call;
        this.journey = journey;
        this.endpoint = endpoint;
    }

    @Override
    @SuppressWarnings("InterruptedExceptionSwallowed") // what is caught is told to everybody on board
    public void run() {
        // Made before anything can fail: what is not known to have ended well never counts as whole.
        @Nullable IOException failure = new IOException("The gateway failed on this call");
        try {
            fly();
            failure = null;
        } catch (IOException e) {
            failure = e;
        } catch (Throwable e) {
            failure = crashed(e);
        } finally {
            flight.finish(closed(failure), remark());
            guarded(journey::afterwards);
        }
    }

    private void fly() throws IOException {
        Journey.Answer answer = journey.depart(call);
        try (Response response = answer.response()) {
            Head head = Head.of(answer, call.scope());
            flight.headed(head);
            ResponseBody body = response.body();
            if (body != null) {
                read(body);
            }
            if (answer.fromCache().isEmpty() && !head.isRefused()) {
                land(response);
            }
        }
    }

    private void read(ResponseBody body) throws IOException {
        ObservedBody observed = body instanceof ObservedBody tapped ? tapped : null;
        BufferedSource source = body.source();
        Buffer piece = new Buffer();
        while (true) {
            flight.awaitRoom();
            if (source.read(piece, PIECE) < 0) {
                return;
            }
            if (flight.arrived(piece, observed != null && observed.isWhole())) {
                guarded(journey::overflowed);
            }
        }
    }

    /** The body has ended well, so whoever observes it has settled. What cannot be kept is delivered all the same. */
    private void land(Response response) {
        guarded(() -> {
            Flight.Cargo cargo = flight.cargo();
            if (cargo != null) {
                journey.landed(new Landed(
                        endpoint,
                        response.code(),
                        Optional.ofNullable(response.header("Content-Type")),
                        Optional.ofNullable(response.header("Content-Encoding")),
                        Optional.ofNullable(response.header("x-request-id")),
                        cargo.bytes().readByteArray(),
                        cargo.pieces(),
                        cargo.atNanos()));
            }
        });
    }

    private Optional<String> remark() {
        try {
            return journey.notKept();
        } catch (RuntimeException | Error e) {
            LOG.error("A flight cannot say why its answer was not kept", e);
            return Optional.empty();
        }
    }

    private static void guarded(Runnable keeping) {
        try {
            keeping.run();
        } catch (RuntimeException | Error e) {
            LOG.error("An answer could not be kept", e);
        }
    }

    private static IOException crashed(Throwable e) {
        LOG.error("A flight failed", e);
        return new IOException(
                "The gateway failed on this call: " + e.getClass().getSimpleName(), e);
    }

    /** An answer that the journey did not pass on is let go of here, or it would never settle. */
    private @Nullable IOException closed(@Nullable IOException failure) {
        try {
            call.close();
            return failure;
        } catch (RuntimeException | Error e) {
            LOG.error("The answer of a flight could not be closed", e);
            return failure;
        }
    }
}
