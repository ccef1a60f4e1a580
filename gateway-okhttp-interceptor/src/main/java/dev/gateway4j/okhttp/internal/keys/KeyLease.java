package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.KeyConfig;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.okhttp.internal.call.HeaderText;
import dev.gateway4j.okhttp.internal.keys.Rest.Cause;
import dev.gateway4j.okhttp.internal.keys.Rest.State;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt's use of a key: how the key stood when it was taken, and so what the attempt may say about it. */
final class KeyLease {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLease.class);

    private final LiveKey key;
    private final Use use;
    private final State whole;
    private final @Nullable Rest useRest;
    private final @Nullable State useState;
    private final AtomicBoolean judged = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();

    private KeyLease(LiveKey key, Use use, State whole, @Nullable Rest useRest, @Nullable State useState) {
        this.key = key;
        this.use = use;
        this.whole = whole;
        this.useRest = useRest;
        this.useState = useState;
        key.inFlight().incrementAndGet();
    }

    /** Takes a key, as its probe if it needs one; null if it rests, or if another call probes it. */
    static @Nullable KeyLease take(LiveKey key, Use use, long now) {
        State whole = key.whole().take(now);
        if (whole == null) {
            return null;
        }
        Rest rest = key.forUse(use);
        if (rest == null) {
            return new KeyLease(key, use, whole, null, null);
        }
        State state = rest.take(now);
        if (state == null) {
            key.whole().leave(whole);
            return null;
        }
        return new KeyLease(key, use, whole, rest, state);
    }

    LiveKey key() {
        return key;
    }

    /** The answer says this about the key. */
    void judge(Verdict verdict, LimitHeaders said, KeyConfig config, long now) {
        if (!judged.compareAndSet(false, true)) {
            return;
        }
        key.quota().answered(use.model(), said, now);
        switch (verdict.fault()) {
            case NONE -> {
                healWhole();
                healUse();
            }
            case ELSEWHERE -> leaveBoth();
            case KEY -> fallWhole(Cause.REFUSED, verdict, config.quarantine(), true, now);
            case MONEY -> fallWhole(Cause.MONEY, verdict, config.quotaPause(), false, now);
            case KEY_FOR_MODEL -> fallUse(verdict, config.quarantine(), now);
            case REQUESTS -> cool(ModelQuota.Kind.REQUESTS, verdict, now);
            case TOKENS -> cool(ModelQuota.Kind.TOKENS, verdict, now);
        }
    }

    /** No answer said anything about the key: whoever comes next may try it. */
    void unjudged() {
        if (judged.compareAndSet(false, true)) {
            leaveBoth();
        }
    }

    /** The attempt no longer uses the key. */
    void end() {
        unjudged();
        if (over.compareAndSet(false, true)) {
            key.inFlight().decrementAndGet();
        }
    }

    private void leaveBoth() {
        key.whole().leave(whole);
        leaveUse();
    }

    private void leaveUse() {
        if (useRest != null && useState != null) {
            useRest.leave(useState);
        }
    }

    private void healWhole() {
        if (key.whole().heal(whole)) {
            LOG.info(
                    "key={} upstream={} works again", key.name(), key.upstream().name());
        }
    }

    private void healUse() {
        if (useRest != null && useState != null && useRest.heal(useState)) {
            LOG.info(
                    "key={} model={} works again",
                    key.name(),
                    HeaderText.of(use.model().name()));
        }
    }

    private void fallWhole(Cause cause, Verdict verdict, Duration rest, boolean doubles, long now) {
        leaveUse();
        if (key.whole().fall(whole, cause, verdict.why(), now, rest.toNanos(), doubles)) {
            LOG.warn(
                    "key={} upstream={} rests after status {}, then one call tries it again. Check the key.",
                    key.name(),
                    key.upstream().name(),
                    verdict.why());
        }
    }

    private void fallUse(Verdict verdict, Duration rest, long now) {
        key.whole().leave(whole);
        Rest fallen = useRest == null ? key.madeForUse(use) : useRest;
        State seen = useState == null ? fallen.state() : useState;
        boolean first = seen.isWell() || seen.probing();
        if (first && fallen.fall(seen, Cause.REFUSED, verdict.why(), now, rest.toNanos(), true)) {
            LOG.debug(
                    "key={} model={} rests after status {}",
                    key.name(),
                    HeaderText.of(use.model().name()),
                    verdict.why());
        }
    }

    /** An upstream that counts has let the key in; that there is money behind it, it has not said. */
    private void cool(ModelQuota.Kind kind, Verdict verdict, long now) {
        key.quota().cool(use.model(), kind, now, now + verdict.cooling().toNanos());
        leaveUse();
        if (whole.cause() == Cause.REFUSED) {
            healWhole();
        } else {
            key.whole().leave(whole);
        }
        LOG.debug(
                "key={} model={} cools for {} after status {}",
                key.name(),
                HeaderText.of(use.model().name()),
                verdict.cooling(),
                verdict.why());
    }
}
