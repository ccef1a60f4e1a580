package dev.gateway4j.okhttp;

import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.Response;

/** Where the application finds the report of a call. */
public final class CallReports {
    private CallReports() {}

    /**
     * The report of the call that gave this response, complete when its body has ended: read to the end, failed, or closed. Fails with an
     * {@link IllegalArgumentException} if the response did not come through a gateway, or through one that let its host pass by.
     */
    public static CompletionStage<CallReport> of(Response response) {
        CallScope scope = CallScope.find(response.request());
        return scope != null
                ? scope.report()
                : CompletableFuture.failedStage(new IllegalArgumentException(
                        "This response did not come through a gateway: " + response.code()));
    }
}
