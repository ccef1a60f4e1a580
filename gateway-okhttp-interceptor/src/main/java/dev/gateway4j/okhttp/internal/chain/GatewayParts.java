package dev.gateway4j.okhttp.internal.chain;

import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.okhttp.internal.cache.CacheBook;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.Refusals;
import dev.gateway4j.okhttp.internal.keys.KeyRing;
import dev.gateway4j.okhttp.internal.limit.LimitBook;
import dev.gateway4j.okhttp.internal.meter.SavingsBook;
import java.util.Map;
import java.util.Optional;

/**
 * What the chain is made of, complete and checked.
 *
 * @param runtime what all calls share
 * @param keys who chooses keys
 * @param prices what usage costs
 * @param savings what replay did not spend
 * @param standIns who answers what does not leave
 * @param recorder who saves what leaves, in record mode or where replay records what is missing
 * @param limits the rate limits, where there is anything to hold
 * @param cache the cache, where there is one
 * @param refusals how the gateway says no
 */
public record GatewayParts(
        CallRuntime runtime,
        KeyRing keys,
        PriceBook prices,
        SavingsBook savings,
        Map<ResponseType, StandIn> standIns,
        Optional<Recorder> recorder,
        Optional<LimitBook> limits,
        Optional<CacheBook> cache,
        Refusals refusals) {
    /** The settings. */
    public GatewayConfig config() {
        return runtime.config();
    }
}
