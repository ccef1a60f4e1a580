package dev.gateway4j.okhttp.internal.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.api.limit.LimitStatus;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The limits upstreams say they have, by upstream, quota group and model, so that our calls wait or are refused here before the upstream has
 * to. Several gateways on one limit need not talk: each follows what the upstream tells it is left. A model whose answers say nothing is
 * not limited. Thread-safe.
 */
final class LearnedLimits {
    private static final String NAME = "upstream";
    private static final int MOST = 4_096;
    private static final Duration IDLE = Duration.ofDays(1);

    private final TimeSource time;
    private final Cache<Account, Pair> accounts;

    /** Nothing is known yet. */
    LearnedLimits(TimeSource time) {
        this.time = time;
        // Twice the longest window: what was idle for so long is full again, or will be learned anew with the first
        // answer.
        this.accounts = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(IDLE.multipliedBy(2).toNanos(), TimeUnit.NANOSECONDS)
                .ticker(time::nanos)
                .executor(Runnable::run)
                .build();
    }

    private record Account(String upstream, String group, String model) {
        String subject() {
            return (group.startsWith(upstream) ? group : upstream + "/" + group) + "/" + model;
        }
    }

    private record Pair(LearnedAllowance requests, LearnedAllowance tokens) {}

    /**
     * Adds what an attempt takes from the limits of its upstream. Only the flight settles these charges; they are given back if the attempt
     * never left, and at no other time.
     *
     * @param estimate what the upstream's own limiter will charge
     * @return the attempt, which tells the limits when it departs and what came of it
     */
    Flight addCharges(String upstream, String group, String model, Estimate estimate, List<Charge> charges) {
        Account account = new Account(upstream, group, Names.bounded(model));
        Pair pair = accounts.get(account, key -> new Pair(new LearnedAllowance(time), new LearnedAllowance(time)));
        charges.add(new Charge(NAME, LimitScope.UPSTREAM, account.subject(), LimitKind.REQUESTS, pair.requests(), 1));
        if (estimate.tokens() > 0) {
            charges.add(new Charge(
                    NAME, LimitScope.UPSTREAM, account.subject(), LimitKind.TOKENS, pair.tokens(), estimate.tokens()));
        }
        return new Flight(pair.requests(), pair.tokens(), estimate.tokens());
    }

    /** What is known now, in the order of the names. */
    List<LimitStatus> status() {
        return status(model -> true);
    }

    /** What is known now of the models that are meant, in the order of the names. */
    List<LimitStatus> status(Predicate<String> models) {
        return accounts.asMap().entrySet().stream()
                .filter(entry -> models.test(entry.getKey().model()))
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Account::subject)))
                .flatMap(entry -> Stream.of(
                                status(
                                        entry.getKey(),
                                        LimitKind.REQUESTS,
                                        entry.getValue().requests()),
                                status(
                                        entry.getKey(),
                                        LimitKind.TOKENS,
                                        entry.getValue().tokens()))
                        .flatMap(Optional::stream))
                .toList();
    }

    /** How many models are remembered. */
    long size() {
        return accounts.estimatedSize();
    }

    private static Optional<LimitStatus> status(Account account, LimitKind kind, LearnedAllowance allowance) {
        return allowance
                .known()
                .map(level -> new LimitStatus(
                        NAME,
                        LimitScope.UPSTREAM,
                        account.subject(),
                        kind,
                        level.limit(),
                        level.remaining(),
                        level.reset(),
                        Duration.ofNanos(level.windowNanos())));
    }
}
