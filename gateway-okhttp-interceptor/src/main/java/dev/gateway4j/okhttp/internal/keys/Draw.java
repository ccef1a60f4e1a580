package dev.gateway4j.okhttp.internal.keys;

import dev.gateway4j.api.config.KeyConfig.Selection;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Which of the keys that fit. Says nothing about whether it may be used: of the ones drawn, it prefers one that may not. Thread-safe. */
final class Draw {
    private final Selection selection;
    private final RandomGenerator random;

    Draw(Selection selection, RandomGenerator random) {
        this.selection = selection;
        this.random = random;
    }

    LiveKey from(Fitting keys, Asking asking) {
        if (keys.size() == 1) {
            return keys.get(0);
        }
        return switch (selection) {
            case WEIGHTED -> weighted(keys);
            case LEAST_LOADED -> leastLoaded(keys, asking);
            case STICKY -> sticky(keys, asking.call());
        };
    }

    private LiveKey weighted(Fitting keys) {
        return keys.get(keys.at(random.nextLong(keys.total())));
    }

    /** The power of two choices. An ailing one is not compared: the draw is made again among those that are well. */
    private LiveKey leastLoaded(Fitting keys, Asking asking) {
        int first = keys.at(random.nextLong(keys.total()));
        LiveKey one = keys.get(first);
        long others = keys.total() - one.key().weight();
        LiveKey two = keys.get(keys.at(keys.around(first, random.nextLong(others))));
        if (!asking.isWell(one)) {
            return one;
        }
        if (!asking.isWell(two)) {
            return two;
        }
        int more = Double.compare(
                one.remaining(asking.model(), asking.nanos()), two.remaining(asking.model(), asking.nanos()));
        boolean busier = one.inFlight().get() > two.inFlight().get();
        return more < 0 || (more == 0 && busier) ? two : one;
    }

    /** Weighted rendezvous hashing: each key gets a score from its name and the user's, so that one key less moves only its own users. */
    private LiveKey sticky(Fitting keys, CallFacts call) {
        Optional<String> user = call.tags().user().or(() -> call.request().user());
        if (user.isEmpty()) {
            return weighted(keys);
        }
        Optional<String> tenant = call.tags().tenant();
        long asker = hash(user.get()) * 31 + (tenant.isPresent() ? hash(tenant.get()) : 0);
        LiveKey best = keys.get(0);
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < keys.size(); i++) {
            LiveKey key = keys.get(i);
            double score = -key.key().weight() / Math.log(unit(mixed(asker ^ key.nameHash())));
            if (score > highest) {
                highest = score;
                best = key;
            }
        }
        return best;
    }

    /** 64 bits of a text, the same in every process. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** Every bit of the result depends on every bit of the input. */
    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** Above 0 and below 1. */
    private static double unit(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1.0p-53;
    }

    @Override
    public String toString() {
        return "Draw[" + selection + "]";
    }
}
