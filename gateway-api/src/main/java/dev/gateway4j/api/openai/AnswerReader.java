package dev.gateway4j.api.openai;

import dev.gateway4j.api.call.Usage;
import java.util.Optional;

/**
 * Finds what accounting needs in the body of an answer while its bytes flow by: usage, model, service tier, and whether the answer said
 * that it is complete. Buffers no more than one unfinished event of a stream and nothing of a JSON body. Never throws on what the bytes
 * say. Used by one thread at a time.
 */
public final class AnswerReader {
    private final AnswerBody body;
    private final Findings findings;

    private AnswerReader(AnswerBody body, Findings findings) {
        this.body = body;
        this.findings = findings;
    }

    /**
     * A reader for one body.
     *
     * @param endpoint the endpoint as {@link Endpoint#of(String)} names it
     * @param eventStream true if the body is of type {@code text/event-stream}
     */
    public static AnswerReader forBody(String endpoint, boolean eventStream) {
        Findings findings = new Findings();
        return new AnswerReader(body(endpoint, eventStream, findings), findings);
    }

    private static AnswerBody body(String endpoint, boolean eventStream, Findings findings) {
        if (eventStream) {
            return new StreamBody(StreamKind.of(endpoint), findings);
        }
        if (endpoint.endsWith("/content")) {
            return new OpaqueBody();
        }
        return new JsonBody(findings, endpoint.startsWith("/v1/audio/"));
    }

    /** Reads the next bytes of the body. The array is not kept. */
    public void feed(byte[] bytes, int offset, int length) {
        body.feed(bytes, offset, length);
    }

    /** Says that the end of the body was reached. Not called for a body that broke off or was abandoned. */
    public void finish() {
        body.finish();
    }

    /** What the answer said it used; the last word counts. Empty if it did not say, or said something impossible. */
    public Optional<Usage> usage() {
        return body.malformed() && !body.isStream() ? Optional.empty() : Optional.ofNullable(findings.usage());
    }

    /** The model that answered, as the answer names it. */
    public Optional<String> model() {
        return Optional.ofNullable(findings.model());
    }

    /** The service tier that served the answer. */
    public Optional<String> serviceTier() {
        return Optional.ofNullable(findings.serviceTier());
    }

    /**
     * True if the answer said that it is complete: the JSON value is closed; the stream said {@code [DONE]}, gave every choice a finish
     * reason, ended its response, or reported an error. Where a stream has no such word, the end of the body counts.
     */
    public boolean complete() {
        return body.complete();
    }

    /** True if the answer is, or ends in, an error of the upstream. */
    public boolean failed() {
        return findings.failed();
    }

    /** True if what was read is no JSON, or an event was too long to be read. */
    public boolean malformed() {
        return body.malformed();
    }

    /** True if a body of this kind says when it is complete, so that an end without that word is a truncation. */
    public boolean tracksCompletion() {
        return body.tracksCompletion();
    }
}
