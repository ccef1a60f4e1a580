package dev.gateway4j.okhttp.internal.cache.shape;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A request for embeddings, taken apart into its inputs, so that each can be kept and asked for on its own. Everything that is not {@code
 * input} stays byte for byte what the application sent; so do the vectors of an answer. Immutable and thread-safe.
 */
public final class EmbeddingBatch {
    private final byte[] body;
    private final int valueStart;
    private final int valueEnd;
    private final List<BatchInput> inputs;

    private EmbeddingBatch(byte[] body, int valueStart, int valueEnd, List<BatchInput> inputs) {
        this.body = body;
        this.valueStart = valueStart;
        this.valueEnd = valueEnd;
        this.inputs = List.copyOf(inputs);
    }

    /**
     * Takes a request apart.
     *
     * @param body its JSON; kept, not to be modified
     * @return empty unless {@code input} is a string, an array of strings, an array of tokens, or an array of arrays of tokens, and has
     *     something in it
     */
    public static Optional<EmbeddingBatch> of(byte[] body) {
        try {
            Optional<Members.Member> input = Members.of(body).flatMap(members -> members.find("input"));
            if (input.isEmpty()) {
                return Optional.empty();
            }
            List<BatchInput> inputs = BatchInput.in(body, input.get());
            return inputs.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new EmbeddingBatch(
                            body, input.get().start(), input.get().end(), inputs));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** How many inputs there are. */
    public int size() {
        return inputs.size();
    }

    /**
     * The request for some of the inputs, by their numbers: an array even for a single one, so that {@code "a"} and {@code ["a"]} are the
     * same question. For all of a batch that is an array already it is the request itself.
     */
    public byte[] request(int... numbers) {
        if (isWholeArray() && Arrays.equals(numbers, IntStream.range(0, size()).toArray())) {
            return body;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 2);
        out.write(body, 0, valueStart);
        out.write('[');
        for (int i = 0; i < numbers.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            BatchInput input = inputs.get(numbers[i]);
            out.write(body, input.start(), input.end() - input.start());
        }
        out.write(']');
        out.write(body, valueEnd, body.length - valueEnd);
        return out.toByteArray();
    }

    private boolean isWholeArray() {
        return body[valueStart] == '[' && inputs.get(0).start() > valueStart;
    }

    /**
     * Takes the answer to the request for these inputs apart, into one answer for each, as if it had been asked alone. What the batch used
     * is shared out by the length of the inputs, in UTF-8 or in tokens, so that the shares add up to exactly the whole.
     *
     * @return empty if the answer has not exactly one embedding for each input, or says what it used in an unknown way
     */
    public Optional<List<StoredAnswer>> split(StoredAnswer answer, int... numbers) {
        long[] weights = new long[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            weights[i] = inputs.get(numbers[i]).weight();
        }
        try {
            return EmbeddingAnswers.split(answer, weights);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts answers to single inputs together to the answer to all of them.
     *
     * @param singles the answer to each input, in the order of the request
     * @return empty if they do not belong together: another model, or another way to say what they used
     */
    public Optional<StoredAnswer> recombine(List<StoredAnswer> singles) {
        if (singles.size() != inputs.size()) {
            return Optional.empty();
        }
        try {
            return EmbeddingAnswers.recombine(singles);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Says how many inputs there are, never what they are. */
    @Override
    public String toString() {
        return "EmbeddingBatch[" + inputs.size() + "]";
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
