package dev.gateway4j.okhttp.internal.meter;

import dev.gateway4j.api.Source;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.AnswerReader;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one answer as it flows by, and says what it used and whether it was whole. */
final class UsageMeter implements BodyObserver {
    private static final Logger LOG = LoggerFactory.getLogger(UsageMeter.class);
    /** The tiers that list prices are for; others are billed at other rates. */
    private static final Set<String> LIST_PRICE_TIERS = Set.of("default", "auto", "standard");

    private final CallScope scope;
    private final Attempt attempt;
    private final PriceBook prices;
    private final SavingsBook savings;
    private final boolean readable;
    private final @Nullable GzipTee gzip;
    private final AnswerReader reader;
    private boolean broken;

    UsageMeter(CallScope scope, Attempt attempt, PriceBook prices, SavingsBook savings, Response response) {
        this.scope = scope;
        this.attempt = attempt;
        this.prices = prices;
        this.savings = savings;
        ResponseBody body = response.body();
        MediaType type = body == null ? null : body.contentType();
        boolean stream =
                type != null && type.type().equals("text") && type.subtype().equals("event-stream");
        boolean json =
                type != null && (type.subtype().equals("json") || type.subtype().endsWith("+json"));
        String encoding = response.header("Content-Encoding", "identity");
        boolean gzipped = "gzip".equalsIgnoreCase(encoding);
        boolean head = scope.facts().method().equals("HEAD");
        this.readable = !head && (stream || json) && (gzipped || "identity".equalsIgnoreCase(encoding));
        this.reader = AnswerReader.forBody(scope.facts().endpoint(), stream);
        this.gzip = gzipped ? new GzipTee(reader) : null;
    }

    @Override
    public void bytes(byte[] data, int offset, int length) {
        if (!readable || broken) {
            return;
        }
        try {
            if (gzip != null) {
                gzip.feed(data, offset, length);
            } else {
                reader.feed(data, offset, length);
            }
        } catch (RuntimeException e) {
            broken = true; // metering can never fail a call
            LOG.warn("call={} The meter failed on an answer; its usage is unknown", scope.id(), e);
        }
    }

    @Override
    public void endOfInput() {
        if (readable && !broken) {
            reader.finish();
        }
    }

    @Override
    public Completeness completeness() {
        if (!readable || broken || !reader.tracksCompletion()) {
            return Completeness.UNKNOWN;
        }
        if (reader.complete()) {
            return Completeness.COMPLETE;
        }
        // A host that is no upstream may speak another dialect, whose endings we do not know.
        return scope.facts().foreign() ? Completeness.UNKNOWN : Completeness.INCOMPLETE;
    }

    @Override
    public void ended(Ending ending, @Nullable IOException failure) {
        if (gzip != null) {
            gzip.close();
        }
        if (!scope.facts().bills()) {
            attempt.metered(Optional.empty(), Optional.empty(), Cost.NOTHING);
            return;
        }
        Optional<Usage> usage = readable ? reader.usage() : Optional.empty();
        Optional<String> model = readable ? reader.model() : Optional.empty();
        Cost price = cost(model, usage);
        attempt.metered(model, usage, scope.source() == Source.REPLAY ? replayed(usage, price) : price);
    }

    /** The call that was recorded has paid for the answer. */
    private Cost replayed(Optional<Usage> usage, Cost price) {
        usage.ifPresent(used -> savings.replayed(used, price));
        return Cost.NOTHING;
    }

    private Cost cost(Optional<String> model, Optional<Usage> usage) {
        if (usage.isEmpty()) {
            return new Cost.Unknown("the answer did not say what it used");
        }
        Optional<String> priced = model.or(() -> scope.facts().modelSent());
        if (priced.isEmpty()) {
            return new Cost.Unknown("no model is named");
        }
        Optional<String> tier = reader.serviceTier().filter(name -> !LIST_PRICE_TIERS.contains(name));
        if (tier.isPresent()) {
            return new Cost.Unknown("service tier " + tier.get() + " has no price");
        }
        try {
            return prices.price(
                    priced.get(), usage.get(), scope.runtime().time().now());
        } catch (RuntimeException e) {
            LOG.warn("call={} The price book failed; the cost is unknown", scope.id(), e);
            return new Cost.Unknown("the price book failed");
        }
    }
}
