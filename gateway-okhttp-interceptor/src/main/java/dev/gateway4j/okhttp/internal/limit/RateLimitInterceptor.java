package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.limit.LimitOutcome;
import dev.gateway4j.api.limit.LimitOutcome.Decision;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.call.WarnSparsely;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets an attempt go on only within every limit that concerns it, and settles what it took when its answer has ended. The last gate before
 * work.
 */
public final class RateLimitInterceptor extends CallInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(RateLimitInterceptor.class);

    private final LimitBook book;
    private final TimeSource time;
    private final Admittance admittance;
    private final LimitRefusals refusals;
    private final WarnSparsely warnings;

    /** Holds these limits. */
    public RateLimitInterceptor(LimitBook book, CallRuntime runtime, Refusals refusals) {
        this.book = book;
        this.time = runtime.time();
        this.admittance = new Admittance(book, time);
        this.refusals = new LimitRefusals(refusals);
        this.warnings = new WarnSparsely(time, TimeUnit.MINUTES.toNanos(1));
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        CallFacts facts = scope.facts();
        if (facts.webSocket() || facts.foreign()) {
            return chain.proceed(chain.request());
        }
        CallLimits held = held(scope);
        List<Charge> charges = new ArrayList<>(8);
        if (!held.paid()) {
            book.addCallerCharges(facts, held, charges);
        }
        Optional<Flight> flight = book.addAttemptCharges(facts, scope.attempt(), held, charges);
        if (charges.isEmpty()) {
            return chain.proceed(chain.request());
        }
        Admission admission = admit(scope, held, charges);
        if (admission instanceof Admission.Refused refused) {
            return refused(chain, scope, held, refused);
        }
        if (admission instanceof Admission.Admitted admitted) {
            Permit permit = admitted(scope, held, admitted);
            flight.ifPresent(Flight::departed);
            return proceed(chain, scope, new Attended(held, permit, flight));
        }
        throw admittance.canceled(scope);
    }

    private CallLimits held(CallScope scope) {
        if (scope.limits() instanceof CallLimits there) {
            return there;
        }
        if (scope.limits() instanceof FollowerLimits.Paid paid) {
            paid.permit().giveBackAll(); // it wanted to share another's answer and asks by itself after all
        }
        CallLimits held = new CallLimits(CallSubjects.of(scope.facts()), book.estimate(scope.facts()));
        scope.holdLimits(held);
        scope.onRelease(held::release);
        return held;
    }

    private Admission admit(CallScope scope, CallLimits held, List<Charge> charges) throws IOException {
        Turn turn = admittance.turn(scope, held.waitedNanos());
        if (turn.waits()) {
            Admission atOnce = admittance.admit(charges, Turn.NOW);
            if (!(atOnce instanceof Admission.Refused refused) || isElsewhere(scope, refused)) {
                return atOnce;
            }
        }
        return admittance.admit(charges, turn);
    }

    /** Nobody waits for one key while another is free. */
    private boolean isElsewhere(CallScope scope, Admission.Refused refused) {
        LimitScope by = refused.by().scope();
        return (by == LimitScope.KEY || by == LimitScope.UPSTREAM)
                && scope.attempt().hasElsewhere(by, freeAt(refused));
    }

    private long freeAt(Admission.Refused refused) {
        long now = time.nanos();
        return refused.nanosUntil() < Long.MAX_VALUE - Math.max(0, now) ? now + refused.nanosUntil() : Long.MAX_VALUE;
    }

    private Permit admitted(CallScope scope, CallLimits held, Admission.Admitted admitted) {
        held.waited(admitted.waitedNanos());
        Permit permit = admitted.permit();
        Decision decision = admitted.waitedFor().isPresent() ? Decision.WAITED : Decision.ADMITTED;
        report(
                scope,
                new LimitOutcome(
                        decision,
                        admitted.waitedFor().map(Charge::limit),
                        Duration.ofNanos(admitted.waitedNanos()),
                        permit.reservedTokens()));
        if (held.paid()) {
            held.admitted(permit);
            return permit;
        }
        Permit.Parts parts = permit.split();
        held.admitted(parts);
        return parts.attempt();
    }

    private Response refused(Chain chain, CallScope scope, CallLimits held, Admission.Refused refused)
            throws IOException {
        held.waited(refused.waitedNanos());
        if (admittance.isTooLate(scope, refused)) {
            throw admittance.callTimeout(scope);
        }
        boolean shadow = book.config().onLimit() == OnLimit.SHADOW;
        report(
                scope,
                new LimitOutcome(
                        shadow ? Decision.SHADOWED : Decision.REFUSED,
                        Optional.of(refused.by().limit()),
                        Duration.ofNanos(refused.waitedNanos()),
                        0));
        boolean waits = book.config().onLimit() == OnLimit.WAIT;
        if (shadow) {
            if (warnings.due(refused.by().limit())) {
                LOG.warn("limit={} shadowed: {}", refused.by().limit(), LimitRefusals.message(refused, waits));
            }
            return chain.proceed(chain.request());
        }
        scope.attempt().refusedBy(refused.by().scope(), freeAt(refused));
        return refusals.answer(chain.request(), refused, waits);
    }

    private static void report(CallScope scope, LimitOutcome outcome) {
        scope.attempt().limited(outcome);
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "call={} limit={} decision={} waited_ms={} reserved_tokens={}",
                    scope.id(),
                    outcome.limit().orElse("-"),
                    outcome.decision().id(),
                    outcome.waited().toMillis(),
                    outcome.reservedTokens());
        }
    }

    private Response proceed(Chain chain, CallScope scope, Attended attended) throws IOException {
        Response response;
        try {
            response = chain.proceed(chain.request());
        } catch (IOException | RuntimeException | Error e) {
            attended.failed(e);
            throw e;
        }
        if (response.header("x-gateway-refusal") != null) {
            attended.neverLeft();
            return response;
        }
        attended.told(response, time.now());
        if (response.isSuccessful()) {
            scope.attempt().observe(new Settlement(book, scope, scope.attempt(), attended));
        } else {
            // At once: an attempt that is given up for another key has no body that anybody would watch to its end.
            attended.answeredWithError();
        }
        return response;
    }

    @Override
    public String toString() {
        return "RateLimit[" + book + "]";
    }
}
