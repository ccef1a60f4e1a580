package dev.gateway4j.simulator.internal.desk;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.chance.Ids;
import dev.gateway4j.simulator.internal.chance.Occurrences;
import dev.gateway4j.simulator.internal.http.ApiPath;
import dev.gateway4j.simulator.internal.http.Around;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Routes;
import dev.gateway4j.simulator.internal.http.Simulate;
import dev.gateway4j.simulator.internal.journal.Notes;
import dev.gateway4j.simulator.internal.limit.Limiter;
import dev.gateway4j.simulator.internal.limit.Verdict;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.strike.Compression;
import dev.gateway4j.simulator.internal.strike.Strikes;
import dev.gateway4j.simulator.internal.timing.Latency;
import dev.gateway4j.simulator.internal.timing.Later;
import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where every request arrives and every reply leaves: journal, door, faults in place of an answer, limits, scenarios, handler, faults on the
 * reply. Each stage is a method or a member here, and what goes wrong becomes OpenAI's error. Thread-safe.
 */
public final class Desk {
    private static final int REMEMBERED_REQUESTS = 65_536;

    private final Routes routes;
    private final TimeSource time;
    private final Latency latency;
    private final long seed;
    private final Stages stages;
    private final Line line;
    private final Bugs bugs;
    private final Occurrences occurrences = new Occurrences(REMEMBERED_REQUESTS);

    /**
     * What stands between a request and its handler.
     *
     * @param journal hears of everything
     * @param door lets in who has a key
     * @param faults decides what goes wrong
     * @param limiter counts
     * @param scenarios may answer first
     * @param retirement refuses models that are no more
     * @param notes what the journal is told
     */
    public record Stages(
            Around journal,
            Door door,
            FaultStage faults,
            Limiter limiter,
            Around scenarios,
            Retirement retirement,
            Notes notes) {}

    /** A desk for routes of which some send requests of their own to it, later; those pass no stage but the handler. */
    public Desk(Function<Simulate, Routes> routes, TimeSource time, Latency latency, long seed, Stages stages) {
        this.time = time;
        this.latency = latency;
        this.seed = seed;
        this.stages = stages;
        this.line = new Line(latency.slots());
        this.bugs = new Bugs(stages.notes());
        this.routes = routes.apply(request -> (WireReply) checked(exchange(request), this::handled));
    }

    /** The answer to a request; never an exception. */
    public WireAnswer answer(WireRequest request) {
        Exchange exchange = exchange(request);
        return Compression.of(request, stages.journal().answer(exchange, () -> struck(exchange)));
    }

    /** How often each request came. */
    public Occurrences occurrences() {
        return occurrences;
    }

    private WireAnswer struck(Exchange exchange) {
        WireAnswer answer = checked(exchange, this::admitted);
        return answer instanceof WireReply reply ? checked(exchange, it -> struck(it, reply)) : answer;
    }

    private static WireReply struck(Exchange exchange, WireReply reply) {
        try {
            return Strikes.upon(exchange, reply);
        } catch (RuntimeException | StackOverflowError bug) {
            reply.frames().close();
            throw bug;
        }
    }

    private WireAnswer admitted(Exchange exchange) {
        stages.door().admit(exchange);
        stages.faults().strike(exchange);
        return instead(exchange).orElseGet(() -> limited(exchange));
    }

    private WireAnswer limited(Exchange exchange) {
        Optional<Verdict> verdict = stages.limiter().judge(exchange);
        if (verdict.isPresent() && verdict.get().refusedBy().isPresent()) {
            return Limiter.refusal(exchange, verdict.get(), refused(exchange));
        }
        WireAnswer answer = checked(exchange, it -> stages.scenarios().answer(it, () -> checked(it, this::handled)));
        if (!(answer instanceof WireReply reply)) {
            return answer;
        }
        // A scenario may have told of faults that stand in for what it answered.
        Optional<WireAnswer> instead = instead(exchange);
        if (instead.isPresent()) {
            reply.frames().close();
            return marked(Later.by(exchange.delay().get(), instead.get()), verdict);
        }
        return verdict.map(numbers -> Limiter.marked(reply, numbers)).orElse(reply);
    }

    /** A refusal tells limits of its own, and a page of the edge knows none. */
    private static WireAnswer marked(WireAnswer answer, Optional<Verdict> verdict) {
        boolean tells = answer instanceof WireReply reply
                && reply.status() != 429
                && reply.headers().first("x-request-id").isPresent();
        return tells && verdict.isPresent() ? Limiter.marked((WireReply) answer, verdict.get()) : answer;
    }

    private Optional<WireAnswer> instead(Exchange exchange) {
        return exchange.strikes().isEmpty() ? Optional.empty() : Strikes.instead(exchange, refused(exchange));
    }

    private WireReply handled(Exchange exchange) {
        stages.retirement().judge(exchange);
        WireReply reply = routes.to(exchange).handle(exchange);
        return latency.instant()
                ? reply
                : line.stand(exchange, reply, latency.profile(exchange.chance().draws(Chance.Purpose.PACE)));
    }

    private WireAnswer checked(Exchange exchange, Stage stage) {
        try {
            return stage.answer(exchange);
        } catch (ApiError error) {
            return Replies.error(exchange, error, refused(exchange));
        } catch (RuntimeException | StackOverflowError bug) {
            bugs.tell(exchange, bug);
            return Replies.error(exchange, ErrorKind.SERVER.with(exchange.requestId()), refused(exchange));
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

    private long refused(Exchange exchange) {
        Draws draws = exchange.chance().draws(Chance.Purpose.PACE);
        return Pace.of(latency.profile(draws), draws, 0, 0).refused();
    }

    @FunctionalInterface
    private interface Stage {
        WireAnswer answer(Exchange exchange);
    }
}
