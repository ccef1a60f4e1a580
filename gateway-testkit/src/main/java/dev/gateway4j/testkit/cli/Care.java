package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.CassetteRepair;
import dev.gateway4j.cassette.CassetteVerifier;
import dev.gateway4j.cassette.CassetteVerifier.Plan;
import dev.gateway4j.cassette.Finding;
import dev.gateway4j.cassette.Finding.Severity;
import dev.gateway4j.cassette.Sender;
import dev.gateway4j.okhttp.Gateway;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** {@code cassettes verify} and {@code cassettes rerecord}: says what it will cost, then asks the upstream again. */
final class Care {
    private final CareOptions options;
    private final PrintWriter out;
    private final PrintWriter err;
    private final TimeSource time;
    private final PriceBook prices = Gateway.listPrices();

    Care(CareOptions options, PrintWriter out, PrintWriter err, TimeSource time) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.time = time;
    }

    /** Compares what upstreams answer now with what was recorded, in the cassettes or interactions that are named. */
    int verify(Place place) {
        return care(place, () -> {
            CassetteVerifier verifier = CassetteVerifier.of(place.cassettes(), prices, time);
            Plan plan = verifier.plan(Places.of(place, options.names()));
            return new Job(plan, sender -> {
                CassetteVerifier.Drift drift = verifier.run(plan, sender, options.budget());
                return new Told(options.json() ? drift.json() : drift.text(), drift.findings());
            });
        });
    }

    /** Records again what is named: {@code chat-basic}, or {@code chat-basic#2} for one interaction of it. */
    int rerecord(Place place, CassetteConfig settings) {
        return care(place, () -> {
            CassetteRepair repair = CassetteRepair.of(place.cassettes(), settings.scrub(), prices, time);
            Plan plan = repair.plan(Places.of(place, options.names()));
            return new Job(plan, sender -> {
                CassetteRepair.Outcome outcome = repair.run(plan, sender, options.budget());
                return new Told(options.json() ? outcome.json() : outcome.text(), outcome.findings());
            });
        });
    }

    private int care(Place place, Supplier<Job> planned) {
        try {
            Job job = planned.get();
            out.println((options.json() ? job.plan.json() : job.plan.text()).stripTrailing());
            out.flush();
            int outcome = unreadable(job.plan) ? GatewayCli.FAILED : GatewayCli.OK;
            if (options.dryRun() || job.plan.calls().isEmpty()) {
                return outcome;
            }
            if (!options.yes()) {
                err.println("gateway-cli: nothing was sent; add --yes to send this, or --dry-run to only see it");
                return GatewayCli.WRONG_USE;
            }
            return Math.max(outcome, sent(place, job));
        } catch (CassetteException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.FAILED;
        } catch (IllegalArgumentException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.WRONG_USE;
        }
    }

    /** True if a cassette could not be read. What is not sent on purpose is no failure. */
    private static boolean unreadable(Plan plan) {
        return plan.refused().stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    private int sent(Place place, Job job) {
        Problems problems = new Problems();
        Optional<Gateway> settings = options.gateway(place, problems);
        if (settings.isEmpty()) {
            problems.list().forEach(problem -> err.println("gateway-cli: " + problem));
            return GatewayCli.WRONG_USE;
        }
        OkHttpClient client = new OkHttpClient();
        try (Gateway gateway = settings.get()) {
            Told told = job.run.apply(new GatewaySender(gateway, gateway.wrap(client), time));
            out.println(told.text.stripTrailing());
            boolean found = told.findings.stream().anyMatch(finding -> finding.severity() != Severity.INFO);
            return found ? GatewayCli.FAILED : GatewayCli.OK;
        } finally {
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }

    /** What is to be done, and how. */
    private record Job(Plan plan, Function<Sender, Told> run) {}

    /** What came of it. */
    private record Told(String text, List<Finding> findings) {}
}
