package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a request asks for, read from its body once. A member of the wrong type counts as unset; of a member that stands twice the last one
 * counts. If the shape is not {@link Shape#OBJECT}, everything else is unset. Immutable.
 *
 * @param shape what the body is
 * @param model the model asked for
 * @param modelStart index of the first byte of the model's value in the body, its opening quote; -1 without a model
 * @param modelEnd index after the last byte of that value, its closing quote; -1 without a model
 * @param stream true if a stream is wanted
 * @param includeUsage true if the stream is to end with its usage
 * @param user the end user as the application names him
 * @param maxOutputTokens the cap on output, from {@code max_completion_tokens}, {@code max_tokens} or {@code max_output_tokens}; the
 *     largest, where more than one is there, since nobody knows which one the upstream heeds
 * @param n how many answers are wanted; 1 unless said otherwise
 * @param temperature the sampling temperature
 * @param store whether the upstream shall keep the answer
 * @param previousResponse true if the call builds on state the upstream keeps: an earlier response or a conversation
 * @param serviceTier the service tier asked for
 * @param messages how many messages or input items there are
 * @param textCharacters UTF-16 code units of the text in messages, input, instructions and prompt
 * @param images how many images there are
 * @param tools how many tools are offered
 * @param sizes how much there is of what the model reads
 */
public record RequestFacts(
        Shape shape,
        Optional<String> model,
        int modelStart,
        int modelEnd,
        boolean stream,
        boolean includeUsage,
        Optional<String> user,
        OptionalLong maxOutputTokens,
        int n,
        OptionalDouble temperature,
        Optional<Boolean> store,
        boolean previousResponse,
        Optional<String> serviceTier,
        int messages,
        long textCharacters,
        int images,
        int tools,
        Sizes sizes) {
    private static final RequestFacts ABSENT = of(Shape.ABSENT);

    /** What a body is. */
    public enum Shape {
        /** There is no body. */
        ABSENT,
        /** A JSON object. */
        OBJECT,
        /** Valid JSON, but no object. */
        NOT_OBJECT,
        /** No JSON, or no UTF-8. */
        MALFORMED,
        /** Nested deeper than allowed; whether it is JSON was not found out. */
        TOO_DEEP
    }

    /**
     * How much there is of what the model reads.
     *
     * @param textBytes the text of {@code textCharacters} in bytes of UTF-8
     * @param tokens how many tokens stand in the prompt or the input as numbers
     * @param prompts how many prompts of a completion there are, or texts of an embedding; at least 1
     * @param toolBytes bytes of the body that describe tools
     */
    public record Sizes(long textBytes, long tokens, int prompts, long toolBytes) {
        /** Nothing to read. */
        public static final Sizes NONE = new Sizes(0, 0, 1, 0);
    }

    /** The facts of a request without a body. */
    public static RequestFacts absent() {
        return ABSENT;
    }

    /** The facts of a body of which nothing is known but its shape. */
    static RequestFacts of(Shape shape) {
        return new RequestFacts(
                shape,
                Optional.empty(),
                -1,
                -1,
                false,
                false,
                Optional.empty(),
                OptionalLong.empty(),
                1,
                OptionalDouble.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                0,
                0,
                0,
                0,
                Sizes.NONE);
    }

    /**
     * A copy of the body that names another model and is byte for byte the same elsewhere. Without a model in the body, a plain copy.
     *
     * @param body the body these facts were read from
     * @param model the model to name instead
     */
    public byte[] withModel(byte[] body, String model) {
        if (modelStart < 0) {
            return body.clone();
        }
        byte[] name = JsonStringEncoder.getInstance().quoteAsUTF8(model);
        byte[] changed = new byte[body.length - (modelEnd - modelStart) + name.length + 2];
        System.arraycopy(body, 0, changed, 0, modelStart);
        int at = modelStart;
        changed[at++] = '"';
        System.arraycopy(name, 0, changed, at, name.length);
        at += name.length;
        changed[at++] = '"';
        System.arraycopy(body, modelEnd, changed, at, body.length - modelEnd);
        return changed;
    }
}
