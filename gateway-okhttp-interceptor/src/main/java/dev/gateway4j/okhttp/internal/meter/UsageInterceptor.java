package dev.gateway4j.okhttp.internal.meter;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Response;

/** Puts a meter on the answer. Inside the loops, so that usage is priced at the model that actually answered. */
public final class UsageInterceptor extends CallInterceptor {
    private final PriceBook prices;
    private final SavingsBook savings;

    /** Prices usage with the one book, and keeps in the other what replay did not spend. */
    public UsageInterceptor(PriceBook prices, SavingsBook savings) {
        this.prices = prices;
        this.savings = savings;
    }

    @Override
    protected Response intercept(Chain chain, CallScope scope) throws IOException {
        Response response = chain.proceed(chain.request());
        Attempt attempt = scope.attempt();
        if (response.code() == 200) {
            attempt.observe(new UsageMeter(scope, attempt, prices, savings, response));
        } else if (response.code() != 101) {
            attempt.metered(Optional.empty(), Optional.empty(), Cost.NOTHING); // errors and redirects bill nothing
        }
        return response;
    }

    @Override
    public String toString() {
        return "Usage[" + prices + "]";
    }
}
