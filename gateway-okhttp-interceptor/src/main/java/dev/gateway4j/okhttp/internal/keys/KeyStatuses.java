package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.KeyStatus;
import dev.gateway4j.api.call.KeyStatus.State;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.okhttp.internal.keys.Rest.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** How the keys stand, for people and for metrics. */
final class KeyStatuses {
    private final Instant now;
    private final long nanos;

    private KeyStatuses(TimeSource time) {
        this.now = time.now();
        this.nanos = time.nanos();
    }

    static List<KeyStatus> of(KeySet keys, TimeSource time) {
        KeyStatuses statuses = new KeyStatuses(time);
        List<KeyStatus> all = new ArrayList<>();
        for (LiveKey key : keys.keys()) {
            all.add(statuses.whole(key));
            statuses.addModels(key, all);
        }
        return List.copyOf(all);
    }

    private KeyStatus whole(LiveKey key) {
        UpstreamKey settings = key.key();
        boolean expired =
                settings.validUntil().filter(until -> !now.isBefore(until)).isPresent();
        boolean early = settings.validFrom().filter(now::isBefore).isPresent();
        if (expired || early) {
            return status(
                    key,
                    Optional.empty(),
                    expired ? State.EXPIRED : State.NOT_YET_VALID,
                    early ? settings.validFrom() : Optional.empty(),
                    "",
                    OptionalDouble.empty());
        }
        return resting(key, Optional.empty(), key.whole().state(), OptionalDouble.empty());
    }

    private void addModels(LiveKey key, List<KeyStatus> all) {
        Map<AskedModel, ModelQuota> quotas = Map.copyOf(key.quota().models());
        Map<AskedModel, Rest.State> rests = rests(key);
        TreeSet<AskedModel> models = new TreeSet<>(AskedModel.ORDER);
        models.addAll(quotas.keySet());
        models.addAll(rests.keySet());
        for (AskedModel asked : models) {
            String model = asked.name();
            ModelQuota quota = quotas.get(asked);
            Rest.State rest = rests.get(asked);
            OptionalDouble remaining = quota != null && quota.isKnown()
                    ? OptionalDouble.of(quota.remaining(nanos))
                    : OptionalDouble.empty();
            if (rest != null) {
                all.add(resting(key, Optional.of(model), rest, remaining));
            } else if (quota != null && quota.isCooling(true, nanos)) {
                all.add(cooling(key, model, quota, remaining));
            } else if (remaining.isPresent()) {
                all.add(status(key, Optional.of(model), State.LIVE, Optional.empty(), "", remaining));
            }
        }
    }

    /** Of several uses of a model that rest, the one that rests longest speaks for it. */
    private static Map<AskedModel, Rest.State> rests(LiveKey key) {
        Map<AskedModel, Rest.State> rests = new HashMap<>();
        key.uses().forEach((use, rest) -> {
            Rest.State state = rest.state();
            if (!state.isWell()) {
                rests.merge(
                        use.model(), state, (one, other) -> one.untilNanos() - other.untilNanos() >= 0 ? one : other);
            }
        });
        return rests;
    }

    private KeyStatus resting(LiveKey key, Optional<String> model, Rest.State state, OptionalDouble remaining) {
        if (state.isWell()) {
            return status(key, model, State.LIVE, Optional.empty(), "", remaining);
        }
        State shown = state.cause() == Cause.MONEY ? State.PAUSED : State.QUARANTINED;
        return status(key, model, shown, Optional.of(at(state.untilNanos())), state.why(), remaining);
    }

    private KeyStatus cooling(LiveKey key, String model, ModelQuota quota, OptionalDouble remaining) {
        String kind = quota.coolingKind(nanos) == ModelQuota.Kind.REQUESTS ? "requests" : "tokens";
        return status(key, Optional.of(model), State.COOLING, Optional.of(at(quota.freeAt(true))), kind, remaining);
    }

    private Instant at(long untilNanos) {
        return now.plusNanos(Math.max(0, untilNanos - nanos));
    }

    private static KeyStatus status(
            LiveKey key,
            Optional<String> model,
            State state,
            Optional<Instant> until,
            String reason,
            OptionalDouble remaining) {
        UpstreamKey settings = key.key();
        return new KeyStatus(
                key.name(),
                key.upstream().name(),
                model,
                state,
                until,
                reason,
                settings.validFrom(),
                settings.validUntil(),
                remaining);
    }
}
