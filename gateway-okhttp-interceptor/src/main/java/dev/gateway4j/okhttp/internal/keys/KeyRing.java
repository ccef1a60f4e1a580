package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.KeyStatus;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses among the keys of the environment: those of the right upstream that allow the model, are valid, and are well. One for all
 * clients of a gateway, since what one of them learns about a key holds for all. Thread-safe.
 */
public final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    private static final String OPENAI = "openai";

    private final CallRuntime runtime;
    private final GatewayConfig config;
    private final KeySource source;
    private final Draw draw;
    private final boolean recording;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile KeySet set = KeySet.none();

    /** Chooses among the keys of this source. */
    public KeyRing(CallRuntime runtime, KeySource source) {
        this.runtime = runtime;
        this.config = runtime.config();
        this.source = source;
        this.draw = new Draw(config.keyConfig().selection(), runtime.random());
        this.recording = config.mode() == Mode.RECORD || config.recordsMissing();
    }

    /** How every key stands, and what is known of it for single models. */
    public List<KeyStatus> status() {
        return KeyStatuses.of(current(), runtime.time());
    }

    /** A key that the call has not tried before. A call that stays here needs none, so that no state of a key can refuse it. */
    KeyChoice choose(CallFacts call, Asking.Tried tried) {
        KeyChoice choice = among(call, tried);
        boolean needless = choice instanceof KeyChoice.NoKey && tried.isEmpty() && !call.leaves();
        return needless ? new KeyChoice.KeyLess(call.upstream()) : choice;
    }

    private KeyChoice among(CallFacts call, Asking.Tried tried) {
        if (call.foreign()) {
            return new KeyChoice.KeyLess(call.upstream()); // it has its own credentials, or none
        }
        KeySet keys = current();
        Use use = Use.of(call);
        Asking timeless = new Asking(call, use, runtime.time().nanos(), null, tried);
        Fitting fitting = fitting(keys, timeless);
        Asking asking = fitting.isTimed()
                ? new Asking(call, use, timeless.nanos(), runtime.time().now(), tried)
                : timeless;
        if (call.tags().key().isPresent()) {
            fitting = pinned(fitting, call.tags().key().get());
        }
        if (fitting.isEmpty()) {
            return withoutKey(keys, call);
        }
        LiveKey drawn = draw.from(fitting, asking);
        if (asking.isWell(drawn)) {
            KeyLease lease = KeyLease.take(drawn, use, asking.nanos());
            if (lease != null) {
                return new KeyChoice.Chosen(lease);
            }
        }
        return amongTheLive(fitting, asking);
    }

    /** True if there is a key that the call has not tried and that nothing stands against. Looks only. */
    boolean hasAnother(CallFacts call, Asking.Tried tried) {
        if (call.foreign() || call.tags().key().isPresent()) {
            return false; // a pin never falls back
        }
        Asking asking = new Asking(
                call, Use.of(call), runtime.time().nanos(), runtime.time().now(), tried);
        Fitting fitting = fitting(current(), asking);
        for (int i = 0; i < fitting.size(); i++) {
            if (asking.isWell(fitting.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** What an answer says about the key that was used. */
    void judge(KeyLease lease, Verdict verdict, LimitHeaders said) {
        lease.judge(verdict, said, config.keyConfig(), runtime.time().nanos());
    }

    /**
     * A call that names the host of a particular upstream stays there; one to OpenAI's goes wherever a key leads. What may be recorded
     * stays with OpenAI as long as there is a key for it, so that a cassette holds the answer of the host it names.
     */
    private Fitting fitting(KeySet keys, Asking asking) {
        String upstream = asking.call().upstream().name();
        return keys.fitting(asking, upstream, upstream.equals(OPENAI), recording);
    }

    private static Fitting pinned(Fitting fitting, String name) {
        List<LiveKey> named = new ArrayList<>(1);
        for (int i = 0; i < fitting.size(); i++) {
            if (fitting.get(i).name().equals(name)) {
                named.add(fitting.get(i));
            }
        }
        return new Fitting(named);
    }

    private KeyChoice withoutKey(KeySet keys, CallFacts call) {
        boolean pinned = call.tags().key().isPresent();
        if (!call.leaves() || (call.upstream().auth() == Upstream.Auth.NONE && !pinned)) {
            return new KeyChoice.KeyLess(call.upstream());
        }
        return NoKeys.fits(config.environment(), call, keys);
    }

    private KeyChoice amongTheLive(Fitting fitting, Asking asking) {
        List<LiveKey> live = live(fitting, asking);
        while (!live.isEmpty()) {
            Fitting left = new Fitting(live);
            LiveKey drawn = draw.from(left, asking);
            KeyLease lease = KeyLease.take(drawn, asking.use(), asking.nanos());
            if (lease != null) {
                return new KeyChoice.Chosen(lease);
            }
            live.remove(drawn); // another call was faster to probe it
        }
        return asking.tried().isEmpty() ? firstToCome(fitting, asking) : NoKeys.left();
    }

    /** A call that cannot be repeated is no probe as long as there is another way. */
    private static List<LiveKey> live(Fitting fitting, Asking asking) {
        List<LiveKey> well = new ArrayList<>();
        List<LiveKey> live = new ArrayList<>();
        for (int i = 0; i < fitting.size(); i++) {
            LiveKey key = fitting.get(i);
            if (asking.isWell(key)) {
                well.add(key);
                live.add(key);
            } else if (mayBeTried(key, asking) && !asking.isCooling(key)) {
                live.add(key);
            }
        }
        return asking.repeats() || well.isEmpty() ? live : well;
    }

    private static boolean mayBeTried(LiveKey key, Asking asking) {
        return !asking.tried().has(key) && asking.isValid(key) && key.mayBeTried(asking.use(), asking.nanos());
    }

    /** Of those that only have to wait, the one that waits least: the limits know the same and say when, or wait. */
    private KeyChoice firstToCome(Fitting fitting, Asking asking) {
        List<LiveKey> cooling = new ArrayList<>();
        for (int i = 0; i < fitting.size(); i++) {
            if (mayBeTried(fitting.get(i), asking)) {
                cooling.add(fitting.get(i));
            }
        }
        cooling.sort((one, other) -> Long.compare(waits(one, asking), waits(other, asking)));
        for (LiveKey key : cooling) {
            long wait = waits(key, asking);
            if (wait > 0 && !isHeld(asking.call())) {
                return NoKeys.cools(config.environment(), key, asking, Duration.ofNanos(wait));
            }
            KeyLease lease = KeyLease.take(key, asking.use(), asking.nanos());
            if (lease != null) {
                return new KeyChoice.Chosen(lease);
            }
        }
        return NoKeys.rest(config.environment(), fitting, asking);
    }

    /** True if a limit that has learned of the wait holds the call, or if nothing shall. */
    private boolean isHeld(CallFacts call) {
        RateLimitConfig limits = config.rateLimits();
        boolean learned = limits.learn() && call.bills() && !call.webSocket();
        return learned || limits.onLimit() == OnLimit.SHADOW || !call.leaves();
    }

    private static long waits(LiveKey key, Asking asking) {
        ModelQuota quota = key.quota().find(asking.model());
        return quota == null ? 0 : Math.max(0, quota.freeAt(asking.usesTokens()) - asking.nanos());
    }

    /** The source is asked every time; only a list that it has not given before is looked at. */
    private KeySet current() {
        KeySet known = set;
        return known.isOf(asked()) ? known : changed();
    }

    /** Asked again under the lock: of two calls that saw different lists, the one with the older must not win. */
    private KeySet changed() {
        changing.lock();
        try {
            List<UpstreamKey> list = asked();
            if (!set.isOf(list)) {
                KeySet before = set;
                set = before.next(list, config);
                if (!set.leftOut().isEmpty() && !set.leftOut().equals(before.leftOut())) {
                    LOG.warn(
                            "environment={} Keys are not used: {}.",
                            config.environment(),
                            String.join("; ", set.leftOut()));
                }
            }
            return set;
        } finally {
            changing.unlock();
        }
    }

    private List<UpstreamKey> asked() {
        @Nullable List<UpstreamKey> list = source.keys(config.environment());
        return Optional.ofNullable(list).orElseThrow(() -> new IllegalStateException("it gave null for a list"));
    }

    @Override
    public String toString() {
        return "KeyRing[environment=" + config.environment() + ", " + draw + "]";
    }
}
