package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.HeaderText;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.Cooling;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.NoKey;
import dev.gateway4j.okhttp.internal.keys.Rest.Cause;
import dev.gateway4j.okhttp.internal.keys.Rest.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says why there is no key: which are there, why none of them may be used, and when that changes. Names, never values. */
final class NoKeys {
    private static final int MAX_NAMED = 10;
    /** A probe under way has its answer soon. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private NoKeys() {}

    /** The call has tried them all. */
    static NoKey left() {
        return new NoKey("Every key was tried.", Optional.empty());
    }

    /** No key is for what the call asks. */
    static NoKey fits(String environment, CallFacts call, KeySet keys) {
        StringBuilder reason =
                new StringBuilder("Environment \"").append(environment).append("\" has no key ");
        call.tags()
                .key()
                .ifPresent(name -> reason.append("named \"").append(shown(name)).append("\" "));
        reason.append(purpose(call)).append(". Add one under openai.credentials.keys, or widen the models of one.");
        if (!keys.leftOut().isEmpty()) {
            reason.append(" Not used: ").append(joined(keys.leftOut())).append('.');
        }
        return new NoKey(reason.toString(), Optional.empty());
    }

    /** Those that are for it may not be used now. */
    static NoKey rest(String environment, Fitting fitting, Asking asking) {
        List<String> reasons = new ArrayList<>();
        Duration soonest = null;
        for (int i = 0; i < fitting.size(); i++) {
            Reason reason = reason(fitting.get(i), asking);
            reasons.add(reason.text());
            Duration after = reason.after();
            if (after != null && (soonest == null || after.compareTo(soonest) < 0)) {
                soonest = after;
            }
        }
        return new NoKey(
                "No key of environment \"" + environment + "\" can be used " + purpose(asking.call()) + " now: "
                        + joined(reasons) + ".",
                Optional.ofNullable(soonest));
    }

    /** They all have to wait, this one least. */
    static Cooling cools(String environment, LiveKey key, Asking asking, Duration wait) {
        return new Cooling(
                "The upstream has told every key of environment \"" + environment + "\" to wait "
                        + purpose(asking.call()) + ". \"" + key.name() + "\" is free first, in " + seconds(wait)
                        + " s.",
                wait);
    }

    private static String purpose(CallFacts call) {
        return "for model " + call.modelSent().map(NoKeys::shown).orElse("(none named)") + " at upstream \""
                + call.upstream().name() + "\"";
    }

    /** What a caller wrote may be a key in the wrong place. */
    private static String shown(String text) {
        return Redaction.text(HeaderText.of(text));
    }

    private static String joined(List<String> parts) {
        return parts.size() <= MAX_NAMED
                ? String.join("; ", parts)
                : String.join("; ", parts.subList(0, MAX_NAMED)) + "; and " + (parts.size() - MAX_NAMED) + " more";
    }

    private static Reason reason(LiveKey key, Asking asking) {
        Instant now = asking.instant();
        UpstreamKey settings = key.key();
        if (now != null
                && settings.validUntil().isPresent()
                && !now.isBefore(settings.validUntil().get())) {
            return new Reason(
                    "\"" + key.name() + "\" was valid until "
                            + settings.validUntil().get(),
                    null);
        }
        if (now != null
                && settings.validFrom().isPresent()
                && now.isBefore(settings.validFrom().get())) {
            Instant from = settings.validFrom().get();
            return new Reason("\"" + key.name() + "\" is valid from " + from, Duration.between(now, from));
        }
        State whole = key.whole().state();
        Rest forUse = key.forUse(asking.use());
        return whole.isWell() && forUse != null
                ? resting(
                        key, asking.model().named() ? " for this model" : " for this endpoint", forUse.state(), asking)
                : resting(key, "", whole, asking);
    }

    private static Reason resting(LiveKey key, String what, State state, Asking asking) {
        String why = "\"" + key.name() + "\""
                + (state.cause() == Cause.MONEY ? " has spent its money" : " was refused" + what) + " (status "
                + state.why() + ")";
        if (state.mayBeTried(asking.nanos()) || state.probing()) {
            return new Reason(why + " and is being tried again by another call", SOON);
        }
        Duration after = Duration.ofNanos(state.untilNanos() - asking.nanos());
        return new Reason(why + " and is tried again in " + seconds(after) + " s", after);
    }

    private static long seconds(Duration after) {
        return after.plusNanos(999_999_999).toSeconds();
    }

    /** Why one key is not used, and when that may change. */
    private record Reason(String text, @Nullable Duration after) {}
}
