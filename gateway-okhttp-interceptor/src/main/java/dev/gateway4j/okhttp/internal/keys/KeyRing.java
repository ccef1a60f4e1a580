package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.HeaderText;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses among the keys of the environment: those of the right upstream that allow the model, by weight. Thread-safe. */
final class KeyRing {
    private static final String OPENAI = "openai";

    private final GatewayConfig config;
    private final KeySource source;
    private final RandomGenerator random;
    private final boolean recording;

    KeyRing(GatewayConfig config, KeySource source, RandomGenerator random) {
        this.config = config;
        this.source = source;
        this.random = random;
        this.recording = config.mode() == Mode.RECORD || config.recordsMissing();
    }

    KeyChoice choose(CallFacts call) {
        if (call.foreign()) {
            return new KeyChoice.KeyLess(call.upstream()); // it has its own credentials, or none
        }
        List<UpstreamKey> fitting = fitting(call);
        if (!fitting.isEmpty()) {
            UpstreamKey key = weighted(fitting);
            return new KeyChoice.Chosen(key, config.upstreams().getOrDefault(key.upstream(), call.upstream()));
        }
        if (!call.leaves() || call.upstream().auth() == Upstream.Auth.NONE) {
            return new KeyChoice.KeyLess(call.upstream());
        }
        return new KeyChoice.NoKey("Environment \"" + config.environment() + "\" has no key for model "
                + call.modelSent().map(HeaderText::of).orElse("(none named)") + " at upstream \""
                + call.upstream().name() + "\". Add one under openai.credentials.keys, or widen the models of one.");
    }

    /**
     * A call that names the host of a particular upstream stays there; one to OpenAI's goes wherever a key leads. What may be recorded
     * stays with OpenAI as long as there is a key for it, so that a cassette holds the answer of the host it names.
     */
    private List<UpstreamKey> fitting(CallFacts call) {
        boolean anywhere = call.upstream().name().equals(OPENAI);
        List<UpstreamKey> here = recording && anywhere ? fitting(call, false) : List.of();
        return here.isEmpty() ? fitting(call, anywhere) : here;
    }

    private List<UpstreamKey> fitting(CallFacts call, boolean anywhere) {
        List<UpstreamKey> fitting = new ArrayList<>();
        for (UpstreamKey key : source.keys(config.environment())) {
            boolean here = key.upstream().equals(call.upstream().name());
            boolean known = here || config.upstreams().containsKey(key.upstream());
            if ((here || anywhere) && known && key.allows(call.modelSent())) {
                fitting.add(key);
            }
        }
        return fitting;
    }

    private UpstreamKey weighted(List<UpstreamKey> keys) {
        if (keys.size() == 1) {
            return keys.get(0);
        }
        long total = 0;
        for (UpstreamKey key : keys) {
            total += key.weight();
        }
        long draw = random.nextLong(total);
        for (UpstreamKey key : keys) {
            draw -= key.weight();
            if (draw < 0) {
                return key;
            }
        }
        throw new IllegalStateException("a draw below the sum of all weights fell on no key");
    }

    @Override
    public String toString() {
        return "KeyRing[environment=" + config.environment() + "]";
    }
}
