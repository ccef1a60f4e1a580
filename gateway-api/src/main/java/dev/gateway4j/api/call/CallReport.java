package dev.gateway4j.api.call;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.cache.CacheOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything known about a call once it has ended. Published exactly once. Holds no prompt, no answer and no secret.
 *
 * @param callId the id that also stands in {@code x-gateway-call}
 * @param startedAt when the application asked
 * @param environment the name of the environment
 * @param mode the mode of the environment
 * @param source who answered
 * @param method the HTTP method
 * @param endpoint the path without base URL, such as {@code /v1/chat/completions}
 * @param modelAsked the model the application asked for
 * @param modelServed the model that answered, as the answer names it
 * @param streamed true if the application asked for a stream
 * @param tags what the application said about the call
 * @param attempts every try, in order; empty for a refusal before the first
 * @param status the HTTP status the application saw; empty if it saw an exception
 * @param refusal why the gateway itself answered
 * @param usage what the answer said it used; empty if it did not say
 * @param cost what that costs
 * @param ending how it ended
 * @param failure the exception the application saw, name and message, without secrets
 * @param firstByte from the start to the first byte of the body; empty if there was none
 * @param duration from the start to the ending
 * @param cache what became of it at the cache; empty where there is none
 */
public record CallReport(
        String callId,
        Instant startedAt,
        String environment,
        Mode mode,
        Source source,
        String method,
        String endpoint,
        Optional<String> modelAsked,
        Optional<String> modelServed,
        boolean streamed,
        CallTags tags,
        List<AttemptReport> attempts,
        OptionalInt status,
        Optional<RefusalReason> refusal,
        Optional<Usage> usage,
        Cost cost,
        Ending ending,
        Optional<String> failure,
        Optional<Duration> firstByte,
        Duration duration,
        Optional<CacheOutcome> cache) {
    /** Copies the list. */
    public CallReport {
        attempts = List.copyOf(attempts);
    }

    /** A report of a call that met no cache. */
    public CallReport(
            String callId,
            Instant startedAt,
            String environment,
            Mode mode,
            Source source,
            String method,
            String endpoint,
            Optional<String> modelAsked,
            Optional<String> modelServed,
            boolean streamed,
            CallTags tags,
            List<AttemptReport> attempts,
            OptionalInt status,
            Optional<RefusalReason> refusal,
            Optional<Usage> usage,
            Cost cost,
            Ending ending,
            Optional<String> failure,
            Optional<Duration> firstByte,
            Duration duration) {
        this(
                callId,
                startedAt,
                environment,
                mode,
                source,
                method,
                endpoint,
                modelAsked,
                modelServed,
                streamed,
                tags,
                attempts,
                status,
                refusal,
                usage,
                cost,
                ending,
                failure,
                firstByte,
                duration,
                Optional.empty());
    }
}
