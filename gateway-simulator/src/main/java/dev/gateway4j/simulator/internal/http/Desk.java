package dev.gateway4j.simulator.internal.http;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.chance.Occurrences;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;

/** Where every request arrives: finds the handler, and turns what goes wrong into OpenAI's errors. Thread-safe. */
public final class Desk {
    private static final int REMEMBERED_REQUESTS = 65_536;

    private final Routes routes;
    private final TimeSource time;
    private final LatencyProfile latency;
    private final long seed;
    private final Occurrences occurrences = new Occurrences(REMEMBERED_REQUESTS);

    /** A desk for these routes. */
    public Desk(Routes routes, TimeSource time, LatencyProfile latency, long seed) {
        this.routes = routes;
        this.time = time;
        this.latency = latency;
        this.seed = seed;
    }

    /** The reply to a request; never an exception. */
    public WireReply answer(WireRequest request) {
        Exchange exchange = exchange(request);
        try {
            return routes.to(exchange).handle(exchange);
        } catch (ApiError error) {
            return failed(exchange, error);
        } catch (RuntimeException | StackOverflowError bug) {
            return failed(exchange, ErrorKind.SERVER.with(exchange.requestId()));
        }
    }

    private Exchange exchange(WireRequest request) {
        ApiPath path = ApiPath.of(request);
        String target = path.deployment().orElse("") + path.path() + "?" + request.query();
        Fingerprint fingerprint = Fingerprint.of(request.method(), target, request.body());
        Chance chance = new Chance(seed, fingerprint, occurrences.next(fingerprint));
        Ids ids = new Ids(chance);
        return new Exchange(request, path, time.now(), chance, ids, ids.request());
    }

    private WireReply failed(Exchange exchange, ApiError error) {
        Draws draws = exchange.chance().draws(Chance.Purpose.PACE);
        return Replies.error(exchange, error, Pace.of(latency, draws, 0, 0).quick());
    }
}
