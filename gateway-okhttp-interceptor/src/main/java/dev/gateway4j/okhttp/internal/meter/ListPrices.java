package dev.gateway4j.okhttp.internal.meter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.spi.PriceBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * OpenAI's list prices for the models that {@code prices.json} names, in US dollars per million tokens at the standard tier. A dated
 * snapshot such as {@code gpt-4o-2024-08-06} costs what its family does. Whatever is not named has no price. Immutable.
 */
public final class ListPrices implements PriceBook {
    private static final String DATE = "-0000-00-00";
    private static final long LONG_CONTEXT = 272_000;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal ONE_AND_A_HALF = new BigDecimal("1.5");

    private final LocalDate asOf;
    private final Map<String, Price> prices;

    private ListPrices(LocalDate asOf, Map<String, Price> prices) {
        this.asOf = asOf;
        this.prices = Map.copyOf(prices);
    }

    /** The prices that come with this version. */
    public static ListPrices bundled() {
        try (InputStream file = ListPrices.class.getResourceAsStream("prices.json")) {
            if (file == null) {
                throw new IllegalStateException("prices.json is missing from the jar");
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("prices.json cannot be read", e);
        }
    }

    @Override
    public Cost price(String model, Usage usage, Instant at) {
        Price price = prices.get(model);
        if (price == null) {
            price = prices.get(family(model));
        }
        return price == null
                ? new Cost.Unknown("no price for model " + model + " in the list of " + asOf)
                : price.of(usage);
    }

    /** The name without the date of a snapshot. Asked for every answer, so it is no regular expression. */
    private static String family(String model) {
        int cut = model.length() - DATE.length();
        for (int i = 0; i < DATE.length(); i++) {
            char c = cut < 0 ? 0 : model.charAt(cut + i);
            boolean fits = DATE.charAt(i) == '-' ? c == '-' : c >= '0' && c <= '9';
            if (!fits) {
                return model;
            }
        }
        return model.substring(0, cut);
    }

    private static ListPrices read(InputStream file) throws IOException {
        LocalDate asOf = LocalDate.EPOCH;
        Map<String, Price> prices = new HashMap<>();
        try (JsonParser json = new JsonFactory().createParser(file)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String member = json.currentName();
                json.nextToken();
                if (member.equals("as_of")) {
                    asOf = LocalDate.parse(json.getText());
                } else if (member.equals("models")) {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        prices.put(json.currentName(), Price.read(json));
                    }
                } else {
                    json.skipChildren();
                }
            }
        }
        return new ListPrices(asOf, prices);
    }

    @Override
    public String toString() {
        return "ListPrices[asOf=" + asOf + ", models=" + prices.size() + "]";
    }

    /** Dollars per million tokens; where cached or written input has no rate of its own, it costs what input does. */
    private record Price(
            BigDecimal input,
            BigDecimal cached,
            BigDecimal cacheWrite,
            BigDecimal output,
            boolean longContextCostsMore) {

        static Price read(JsonParser json) throws IOException {
            Map<String, String> rates = new HashMap<>();
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                rates.put(name, json.getText());
            }
            BigDecimal input = new BigDecimal(rates.getOrDefault("input", "0"));
            return new Price(
                    input,
                    rate(rates, "cached", input),
                    rate(rates, "cache_write", input),
                    rate(rates, "output", BigDecimal.ZERO),
                    Boolean.parseBoolean(rates.get("long_context")));
        }

        private static BigDecimal rate(Map<String, String> rates, String name, BigDecimal otherwise) {
            String rate = rates.get(name);
            return rate == null ? otherwise : new BigDecimal(rate);
        }

        Cost of(Usage usage) {
            long plain = usage.inputTokens() - usage.cachedInputTokens() - usage.cacheWriteTokens();
            if (plain < 0) {
                return new Cost.Unknown("cached and written tokens exceed the input");
            }
            BigDecimal in = input.multiply(BigDecimal.valueOf(plain))
                    .add(cached.multiply(BigDecimal.valueOf(usage.cachedInputTokens())))
                    .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWriteTokens())));
            BigDecimal out = output.multiply(BigDecimal.valueOf(usage.outputTokens()));
            if (longContextCostsMore && usage.inputTokens() > LONG_CONTEXT) {
                in = in.multiply(TWO);
                out = out.multiply(ONE_AND_A_HALF);
            }
            return new Cost.Known(in.add(out).movePointLeft(6));
        }
    }
}
