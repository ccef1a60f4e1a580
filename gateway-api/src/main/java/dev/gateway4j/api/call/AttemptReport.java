package dev.gateway4j.api.call;

import dev.gateway4j.api.limit.LimitOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One try to get an answer.
 *
 * @param upstream the name of the upstream, or of the stand-in that answered in its place
 * @param key the name of the key, if one was chosen
 * @param modelSent the model as it was asked for, after the environment's mapping
 * @param modelServed the model that answered, as the answer names it
 * @param status the HTTP status; empty if no answer came
 * @param requestId the upstream's {@code x-request-id}
 * @param usage what the answer said it used
 * @param cost what that costs
 * @param ending how the attempt ended
 * @param failure why no answer came, or why it broke off; the name of the exception and its message, without secrets
 * @param limit what became of it at the rate limits; empty where none hold
 * @param duration from the start of the attempt to its end
 */
public record AttemptReport(
        String upstream,
        Optional<String> key,
        Optional<String> modelSent,
        Optional<String> modelServed,
        OptionalInt status,
        Optional<String> requestId,
        Optional<Usage> usage,
        Cost cost,
        Ending ending,
        Optional<String> failure,
        Optional<LimitOutcome> limit,
        Duration duration) {
    /** A report of an attempt that met no limit. */
    public AttemptReport(
            String upstream,
            Optional<String> key,
            Optional<String> modelSent,
            Optional<String> modelServed,
            OptionalInt status,
            Optional<String> requestId,
            Optional<Usage> usage,
            Cost cost,
            Ending ending,
            Optional<String> failure,
            Duration duration) {
        this(
                upstream,
                key,
                modelSent,
                modelServed,
                status,
                requestId,
                usage,
                cost,
                ending,
                failure,
                Optional.empty(),
                duration);
    }
}
