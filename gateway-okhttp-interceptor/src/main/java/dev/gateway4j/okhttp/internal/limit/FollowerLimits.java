package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.call.WarnSparsely;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds calls that share another's answer to the caller's limits on requests. Tokens, keys and models are the other's to pay. */
public final class FollowerLimits implements FollowerGate {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerLimits.class);
    private static final Estimate NO_TOKENS = new Estimate(0, 0);

    private final LimitBook book;
    private final Admittance admittance;
    private final LimitRefusals refusals;
    private final WarnSparsely warnings;

    /** Holds these limits. */
    public FollowerLimits(LimitBook book, CallRuntime runtime, Refusals refusals) {
        this.book = book;
        this.admittance = new Admittance(book, runtime.time());
        this.refusals = new LimitRefusals(refusals);
        this.warnings = new WarnSparsely(runtime.time(), TimeUnit.MINUTES.toNanos(1));
    }

    /** What such a call has paid. */
    record Paid(Permit permit) implements CallScope.Held {}

    /** What it has paid it has back. */
    private record Unpaid() implements CallScope.Held {}

    @Override
    public Optional<Response> refused(Request request, CallScope scope) throws IOException {
        if (scope.limits() instanceof Paid) {
            return Optional.empty();
        }
        List<Charge> charges = new ArrayList<>(5);
        book.addCallerCharges(scope.facts(), new CallLimits(CallSubjects.of(scope.facts()), NO_TOKENS), charges);
        charges.removeIf(charge -> charge.kind() != LimitKind.REQUESTS);
        if (charges.isEmpty()) {
            return Optional.empty();
        }
        Admission admission = admittance.admit(charges, admittance.turn(scope, 0));
        if (admission instanceof Admission.Admitted admitted) {
            Permit permit = admitted.permit();
            scope.holdLimits(new Paid(permit));
            scope.onRelease(permit::keep);
            return Optional.empty();
        }
        if (admission instanceof Admission.Refused refused) {
            return refused(request, scope, refused);
        }
        throw admittance.canceled(scope);
    }

    private Optional<Response> refused(Request request, CallScope scope, Admission.Refused refused) throws IOException {
        if (admittance.isTooLate(scope, refused)) {
            throw admittance.callTimeout(scope);
        }
        boolean waits = book.config().onLimit() == OnLimit.WAIT;
        if (book.config().onLimit() != OnLimit.SHADOW) {
            return Optional.of(refusals.answer(request, refused, waits));
        }
        if (warnings.due(refused.by().limit())) {
            LOG.warn("limit={} shadowed: {}", refused.by().limit(), LimitRefusals.message(refused, waits));
        }
        return Optional.empty();
    }

    @Override
    public void undone(CallScope scope) {
        if (scope.limits() instanceof Paid paid) {
            paid.permit().giveBackAll();
            scope.holdLimits(new Unpaid());
        }
    }

    @Override
    public String toString() {
        return "FollowerLimits[" + book + "]";
    }
}
