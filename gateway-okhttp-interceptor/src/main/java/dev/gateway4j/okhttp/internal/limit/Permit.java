package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What was taken for a call. It ends once, in one of four ways, and the first one counts; each frees the places of calls under way.
 * Thread-safe.
 *
 * <p>What the upstream itself said is left is never given back but by {@link #giveBackAll}: its own limiter charges when a call arrives.
 */
final class Permit {
    private final Turnstile turnstile;
    private final Charge[] charges;
    private final long[] tickets;
    private final long takenAtNanos;
    private final AtomicBoolean ended = new AtomicBoolean();

    Permit(Turnstile turnstile, Charge[] charges, long[] tickets, long takenAtNanos) {
        this.turnstile = turnstile;
        this.charges = charges;
        this.tickets = tickets;
        this.takenAtNanos = takenAtNanos;
    }

    /** What became of one permit: what is held for the whole call, and what for its first attempt. */
    record Parts(Permit call, Permit attempt) {}

    /** Two permits instead of this one, which is over. */
    Parts split() {
        if (!end()) {
            throw new IllegalStateException("the permit has ended already");
        }
        return new Parts(part(false), part(true));
    }

    private Permit part(boolean perAttempt) {
        int size = 0;
        for (Charge charge : charges) {
            if (charge.scope().perAttempt() == perAttempt) {
                size++;
            }
        }
        Charge[] some = new Charge[size];
        long[] theirs = new long[size];
        for (int i = charges.length - 1; i >= 0; i--) {
            if (charges[i].scope().perAttempt() == perAttempt) {
                some[--size] = charges[i];
                theirs[size] = tickets[i];
            }
        }
        return new Permit(turnstile, some, theirs, takenAtNanos);
    }

    /**
     * It used this: the rest of the reservation goes back, what is beyond it becomes debt. An upstream that says more than can be true is not
     * believed: the reservation stands, as for one that says nothing.
     */
    void settle(Usage usage) {
        if (!Estimate.isBelievable(usage)) {
            keep();
            return;
        }
        if (!end()) {
            return;
        }
        for (int i = 0; i < charges.length; i++) {
            Charge charge = charges[i];
            switch (charge.kind()) {
                case REQUESTS -> {}
                case CONCURRENCY -> giveBack(i, charge.amount());
                case TOKENS -> settle(i, usage.totalTokens());
                case INPUT_TOKENS -> settle(i, usage.inputTokens());
                case OUTPUT_TOKENS -> settle(i, usage.outputTokens());
            }
        }
        turnstile.serve();
    }

    private void settle(int index, long said) {
        Charge charge = charges[index];
        if (charge.scope() == LimitScope.UPSTREAM) {
            return;
        }
        if (said < charge.amount()) {
            giveBack(index, charge.amount() - said);
        } else if (said > charge.amount()) {
            charge.allowance().overdraw(said - charge.amount());
        }
    }

    /** It was sent and answered with an error: the tokens go back, the request is spent. */
    void tokensBack() {
        if (!end()) {
            return;
        }
        for (int i = 0; i < charges.length; i++) {
            Charge charge = charges[i];
            if (charge.kind() == LimitKind.CONCURRENCY
                    || (charge.kind() != LimitKind.REQUESTS && charge.scope() != LimitScope.UPSTREAM)) {
                giveBack(i, charge.amount());
            }
        }
        turnstile.serve();
    }

    /** It never left: everything goes back. */
    void giveBackAll() {
        if (!end()) {
            return;
        }
        for (int i = charges.length - 1; i >= 0; i--) {
            giveBack(i, charges[i].amount());
        }
        turnstile.serve();
    }

    /** Nobody knows what it used: the reservation stands. */
    void keep() {
        boolean unusedKept = keepIfOpen();
    }

    /** As {@link #keep}; true if it had not ended before. */
    boolean keepIfOpen() {
        if (!end()) {
            return false;
        }
        for (int i = 0; i < charges.length; i++) {
            if (charges[i].kind() == LimitKind.CONCURRENCY) {
                giveBack(i, charges[i].amount());
            }
        }
        turnstile.serve();
        return true;
    }

    private void giveBack(int index, long amount) {
        if (amount > 0) {
            charges[index].allowance().giveBack(amount, tickets[index]);
        }
    }

    private boolean end() {
        return ended.compareAndSet(false, true);
    }

    /** The most tokens that any one limit set aside for it, those of question and answer together; 0 if none counts tokens. */
    long reservedTokens() {
        long most = 0;
        long input = 0;
        long output = 0;
        for (Charge charge : charges) {
            switch (charge.kind()) {
                case TOKENS -> most = Math.max(most, charge.amount());
                case INPUT_TOKENS -> input = Math.max(input, charge.amount());
                case OUTPUT_TOKENS -> output = Math.max(output, charge.amount());
                case REQUESTS, CONCURRENCY -> {}
            }
        }
        return Math.max(most, input + output);
    }

    /** When it was taken, on the scale of the time source. */
    long takenAtNanos() {
        return takenAtNanos;
    }
}
