package dev.gateway4j.cassette;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.CassetteVerifier.Call;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import dev.gateway4j.cassette.internal.care.PlanText;
import dev.gateway4j.cassette.internal.care.Planner;
import dev.gateway4j.cassette.internal.care.RepairRun;
import dev.gateway4j.cassette.internal.scrub.Scrubber;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Records single interactions again, in their place: such as those that {@link CassetteVerifier.Drift#drifted()} names. Requests, ids, order
 * and neighbours stay, and so does every line of the file that is not part of them. What is saved is scrubbed as when it is recorded, but
 * environment variables are not read for secrets: known ones are those made with {@link dev.gateway4j.api.Secret} in this process. First
 * comes a {@link #plan}, which says what it will cost and does nothing; {@link #run} keeps to a budget. Immutable and thread-safe.
 */
public final class CassetteRepair {
    private final Cassettes cassettes;
    private final CassetteConfig.Scrub scrub;
    private final PriceBook prices;
    private final TimeSource time;

    private CassetteRepair(Cassettes cassettes, CassetteConfig.Scrub scrub, PriceBook prices, TimeSource time) {
        this.cassettes = cassettes;
        this.scrub = scrub;
        this.prices = prices;
        this.time = time;
    }

    /** Repairs these cassettes, which lie in a directory. */
    public static CassetteRepair of(
            Cassettes cassettes, CassetteConfig.Scrub scrub, PriceBook prices, TimeSource time) {
        return new CassetteRepair(cassettes, scrub, prices, time);
    }

    /**
     * What recording these interactions again would take. Nothing is sent and nothing is written.
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
     * The same for interactions of one cassette whose requests have changed.
     *
     * @param name the cassette
     * @param requests what to send and to record from now on, by place
     * @throws IllegalArgumentException if the cassette has no such interaction
     */
    public Plan plan(String name, Map<Integer, RecordedRequest> requests) {
        Planner planner = new Planner(cassettes, prices, time.now());
        planner.add(name, new TreeSet<>(requests.keySet()), requests);
        return planner.plan();
    }

    /**
     * Sends the calls of a plan one after the other and saves their answers, a cassette at a time and only if all of its calls brought an
     * answer that can take the old one's place: whole, and no error unless one was recorded. Otherwise its file stays as it is. A cassette
     * whose calls would exceed what is left of the budget is not begun.
     *
     * @param plan what to send
     * @param sender who sends it
     * @param budgetUsd what may be spent in US dollars
     */
    public Outcome run(Plan plan, Sender sender, BigDecimal budgetUsd) {
        return new RepairRun(Scrubber.of(scrub), prices, time, cassettes::replace).run(plan, sender, budgetUsd);
    }

    /**
     * What has become of a plan.
     *
     * @param replaced the calls whose answers are in their cassettes now
     * @param sent how many calls were sent
     * @param tokens what was used, as far as answers told
     * @param spentUsd what that cost in US dollars; the expected cost where an answer did not tell
     * @param findings why others were not sent or not saved, by cassette, interaction, severity and rule
     */
    public record Outcome(List<Call> replaced, int sent, long tokens, BigDecimal spentUsd, List<Finding> findings) {
        /** Copies the lists. */
        public Outcome {
            replaced = List.copyOf(replaced);
            findings = List.copyOf(findings);
        }

        /** A line for each replaced interaction and each finding, and a sum, for people. */
        public String text() {
            return PlanText.text(this);
        }

        /** The same as a JSON object, for programs. */
        public String json() {
            return PlanText.json(this);
        }
    }
}
