package dev.gateway4j.okhttp;

import dev.gateway4j.api.call.CallReport;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import okhttp3.Response;

/** Where the application finds the report of a call. */
public final class CallReports {
    private CallReports() {}

    /** The report of the call that gave this response, complete when its body has ended. */
    public static CompletionStage<CallReport> of(Response response) {
        return CompletableFuture.failedFuture(new IllegalArgumentException(response.toString()));
    }
}
