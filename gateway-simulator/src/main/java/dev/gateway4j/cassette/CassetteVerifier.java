package dev.gateway4j.cassette;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.Finding.Severity;
import dev.gateway4j.cassette.internal.care.PlanText;
import dev.gateway4j.cassette.internal.care.Planner;
import dev.gateway4j.cassette.internal.care.VerifyRun;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sends recorded requests again and tells in what the upstream's answers look different today. Values are never compared: only members,
 * their types, the words of the protocol, events and their order, status, media type and some headers. First comes a {@link #plan}, which
 * says what it will cost; {@link #run} keeps to a budget. Changes no file. Immutable and thread-safe.
 *
 * <pre>{@code
 * CassetteVerifier verifier = CassetteVerifier.of(cassettes, prices, TimeSource.system());
 * CassetteVerifier.Plan plan = verifier.plan(cassettes.names());
 * System.out.print(plan.text());
 * CassetteVerifier.Drift drift = verifier.run(plan, sender, new BigDecimal("0.50"));
 * }</pre>
 */
public final class CassetteVerifier {
    private final Cassettes cassettes;
    private final PriceBook prices;
    private final TimeSource time;

    private CassetteVerifier(Cassettes cassettes, PriceBook prices, TimeSource time) {
        this.cassettes = cassettes;
        this.prices = prices;
        this.time = time;
    }

    /** A verifier of these cassettes. */
    public static CassetteVerifier of(Cassettes cassettes, PriceBook prices, TimeSource time) {
        return new CassetteVerifier(cassettes, prices, time);
    }

    /**
     * What sending every request of these cassettes again would take. Nothing is sent. Left out, with the reason, is what cannot be
     * rebuilt from its recording and what may change something at the upstream: every request but GET and HEAD, and POST to an endpoint
     * that is known to only compute, such as {@code /v1/chat/completions} or {@code /v1/responses}, unless the answer is to be stored
     * ({@code store: true} in a chat) or made in the background. A cassette that cannot be read is left out too, with an error.
     */
    public Plan plan(Collection<String> names) {
        Planner planner = new Planner(cassettes, prices, time.now());
        new TreeSet<>(names).forEach(planner::add);
        return planner.plan();
    }

    /**
     * The same for some interactions, such as those that {@link Drift#drifted()} names.
     *
     * @param places which interactions, counted from 0, by cassette
     * @throws IllegalArgumentException if a cassette has no such interaction
     */
    public Plan plan(SortedMap<String, SortedSet<Integer>> places) {
        Planner planner = new Planner(cassettes, prices, time.now());
        places.forEach((name, some) -> planner.add(name, some, Map.of()));
        return planner.plan();
    }

    /**
     * Sends the calls of a plan one after the other and compares the answers with their recordings. Stops before a call whose expected
     * cost would exceed what is left of the budget; what an answer says it used counts instead of what was expected of it. Calls without a
     * known price are not sent.
     *
     * @param plan what to send
     * @param sender who sends it
     * @param budgetUsd what may be spent in US dollars
     */
    public Drift run(Plan plan, Sender sender, BigDecimal budgetUsd) {
        return new VerifyRun(prices, time).run(plan, sender, budgetUsd);
    }

    /**
     * A request that will be sent.
     *
     * @param cassette the cassette it stands in
     * @param interaction the place of its interaction, counted from 0
     * @param recorded the interaction as it is
     * @param request what is sent
     * @param model the model it asks for; empty if it names none
     * @param tokens what it is expected to use
     * @param basis where that number comes from
     * @param cost what it is expected to cost
     */
    public record Call(
            String cassette,
            int interaction,
            Interaction recorded,
            RecordedRequest request,
            Optional<String> model,
            Usage tokens,
            Basis basis,
            Cost cost) {}

    /** Where an expected number of tokens comes from. */
    public enum Basis {
        /** From the usage the recorded answer tells. */
        RECORDED,
        /**
         * One token for 4 characters of the request, and for 4 of the answer or, in a stream, for each event. If an error was recorded
         * that may be gone today, such as 429 or 500, the answer is as long as the request allows, or else 1000 tokens.
         */
        ESTIMATED,
        /** GET, HEAD, and requests that are at fault themselves use none: a recorded 4xx but 408, 409, 425 and 429. */
        FREE
    }

    /**
     * What would be sent, and what it would cost.
     *
     * @param calls what would be sent, in this order
     * @param refused what would not, and why
     */
    public record Plan(List<Call> calls, List<Finding> refused) {
        /** Copies the lists. */
        public Plan {
            calls = List.copyOf(calls);
            refused = List.copyOf(refused);
        }

        /** The tokens of all calls. */
        public long expectedTokens() {
            return calls.stream().mapToLong(call -> call.tokens().totalTokens()).sum();
        }

        /** The cost of all calls whose price is known, in US dollars. */
        public BigDecimal expectedUsd() {
            BigDecimal sum = BigDecimal.ZERO;
            for (Call call : calls) {
                sum = call.cost() instanceof Cost.Known known ? sum.add(known.usd()) : sum;
            }
            return sum;
        }

        /** The calls whose price is not known; they are not part of {@link #expectedUsd()}. */
        public List<Call> unpriced() {
            return calls.stream()
                    .filter(call -> call.cost() instanceof Cost.Unknown)
                    .toList();
        }

        /** A line for each call and each refusal, and a sum, for people. */
        public String text() {
            return PlanText.text(this);
        }

        /** The same as a JSON object, for programs. */
        public String json() {
            return PlanText.json(this);
        }
    }

    /**
     * What has changed at the upstream.
     *
     * @param sent how many calls were sent
     * @param notSent calls that were not sent
     * @param tokens what was used, as far as answers told
     * @param spentUsd what that cost in US dollars; the expected cost where an answer did not tell
     * @param findings what has changed, what failed, and why calls were not sent, by cassette, interaction, severity and rule
     */
    public record Drift(int sent, List<Call> notSent, long tokens, BigDecimal spentUsd, List<Finding> findings) {
        /** Copies the lists. */
        public Drift {
            notSent = List.copyOf(notSent);
            findings = List.copyOf(findings);
        }

        /** The places of interactions with an error or a warning about their answer, by cassette: what to record again. */
        public SortedMap<String, SortedSet<Integer>> drifted() {
            SortedMap<String, SortedSet<Integer>> drifted = new TreeMap<>();
            for (Finding found : findings) {
                boolean answer =
                        !found.rule().equals("not-sent") && !found.rule().equals("call-failed");
                if (answer
                        && found.severity() != Severity.INFO
                        && found.interaction().isPresent()) {
                    drifted.computeIfAbsent(found.cassette(), name -> new TreeSet<>())
                            .add(found.interaction().getAsInt());
                }
            }
            return drifted;
        }

        /** A line for each finding and a sum, for people. */
        public String text() {
            return PlanText.text(this);
        }

        /** The same as a JSON object, for programs. */
        public String json() {
            return PlanText.json(this);
        }
    }
}
