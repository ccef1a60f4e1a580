package dev.gateway4j.simulator.internal.limit;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Presented;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.memory.BoundedMap;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Admits requests or refuses them, as the limits of their model say. Thread-safe. */
public final class Limiter {
    private static final int ACCOUNTS = 4_096;
    private static final String RATE_HEADER = "x-ratelimit-";

    private final LimitTable table;
    private final Map<String, Account> accounts = BoundedMap.of(ACCOUNTS);

    /** A limiter with full buckets. */
    public Limiter(LimitTable table) {
        this.table = table;
    }

    /** What becomes of a request; empty if no limit holds for it. */
    public Optional<Verdict> judge(Exchange exchange) {
        if (table.rows().isEmpty() || !exchange.request().method().equals("POST")) {
            return Optional.empty();
        }
        return Charges.of(
                        exchange.path().path(),
                        exchange.path().deployment(),
                        exchange.request().body())
                .flatMap(charges -> table.forModel(charges.model()).map(row -> judge(exchange, charges, row)));
    }

    /** Fills all buckets. */
    public void reset() {
        accounts.clear();
    }

    private Verdict judge(Exchange exchange, Charges charges, LimitTable.Row row) {
        long tokens = charges.tokens().orElse(0);
        Optional<Window> tooSmall = row.amounts().entrySet().stream()
                .filter(limit -> Account.cost(limit.getKey(), tokens) > limit.getValue())
                .map(Map.Entry::getKey)
                .findFirst();
        Account account = accounts.computeIfAbsent(
                owner(exchange) + "\n" + family(charges.model()), key -> new Account(row.amounts()));
        // A request that can never pass takes nothing, but shows what is left.
        Account.Outcome outcome = account.take(exchange.arrived(), tooSmall.isPresent() ? Long.MAX_VALUE : tokens);
        return new Verdict(charges, row.amounts(), outcome, tooSmall);
    }

    /** Snapshots of a model share its limits. */
    private static String family(String model) {
        return Models.named(model).map(Model::answersAs).orElse(model);
    }

    private String owner(Exchange exchange) {
        WireHeaders headers = exchange.request().headers();
        return table.perKey()
                ? Presented.key(headers).orElse("")
                : headers.first("openai-organization").orElse("");
    }

    /** The answer to a refused request. */
    public static WireReply refusal(Exchange exchange, Verdict verdict, long after) {
        WireReply reply = exchange.azure()
                ? Replies.azure(exchange, 429, "429", verdict.azureMessage(exchange), after)
                : Replies.error(exchange, verdict.error(Replies.organizationId(exchange)), after);
        return marked(reply, verdict);
    }

    /** A reply with the limit headers it has from here instead of those it came with. */
    public static WireReply marked(WireReply reply, Verdict verdict) {
        WireHeaders.Builder headers = WireHeaders.builder();
        for (Map.Entry<String, String> header : reply.headers().entries()) {
            if (!header.getKey().toLowerCase(Locale.ROOT).startsWith(RATE_HEADER)) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        Quota.add(headers, verdict.requests(), verdict.tokens());
        verdict.waitMillis().ifPresent(wait -> Quota.addRetry(headers, wait));
        return new WireReply(reply.status(), headers.build(), reply.dueNanos(), reply.frames());
    }
}
