package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Embeddings that were asked for and may be answered.
 *
 * @param model the model
 * @param texts the texts, in order
 * @param tokens the tokens of all of them
 * @param charge what the rate limiter takes them for
 * @param dimensions the length of the vectors
 * @param base64 true if vectors are packed
 */
public record EmbeddingsRequest(
        Model model, List<String> texts, long tokens, long charge, int dimensions, boolean base64) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/embeddings";

    private static final int MOST_INPUTS = 2048;
    private static final long MOST_TOKENS = 300_000;

    /** Copies the list. */
    public EmbeddingsRequest {
        texts = List.copyOf(texts);
    }

    /** Reads and checks a request. */
    public static EmbeddingsRequest read(byte[] bytes, Optional<String> deployment, Tokens tokens) {
        JsonNode body = Members.body(bytes);
        Model model = model(body, deployment);
        Params.EMBEDDINGS.check(body);
        int dimensions = dimensions(body.path("dimensions"), model);
        Inputs inputs = new Inputs(model, tokens);
        inputs.read(Members.required(body, "", "input"));
        if (inputs.total > MOST_TOKENS) {
            throw ErrorKind.EMBEDDINGS_TOO_MANY.with(inputs.total);
        }
        return new EmbeddingsRequest(
                model,
                inputs.texts,
                inputs.total,
                Math.max(1, inputs.bytes / 4 + inputs.givenTokens),
                dimensions,
                body.path("encoding_format").asText().equals("base64"));
    }

    private static Model model(JsonNode body, Optional<String> deployment) {
        Model model = ModelNames.required(body, deployment);
        if (model.embeds()) {
            return model;
        }
        if (deployment.isPresent()) {
            return ModelNames.embedding(deployment.get());
        }
        throw ErrorKind.MODEL.with(model.id());
    }

    private static int dimensions(JsonNode asked, Model model) {
        if (!asked.isIntegralNumber()) {
            return model.limit();
        }
        if (model.id().startsWith("text-embedding-ada")) {
            throw ErrorKind.DIMENSIONS_UNSUPPORTED.with();
        }
        long dimensions = asked.canConvertToLong() ? asked.asLong() : Long.MAX_VALUE;
        if (dimensions < 1) {
            throw ErrorKind.DIMENSIONS_BELOW.with(asked.asText());
        }
        if (dimensions > model.limit()) {
            throw ErrorKind.DIMENSIONS_ABOVE.with(asked.asText(), model.limit());
        }
        return (int) dimensions;
    }

    /** Collects the inputs: texts, or tokens that stand for texts. */
    private static final class Inputs {
        private final Model model;
        private final Tokens tokens;
        private final List<String> texts = new ArrayList<>();
        private long total;
        private long bytes;
        private long givenTokens;

        Inputs(Model model, Tokens tokens) {
            this.model = model;
            this.tokens = tokens;
        }

        void read(JsonNode input) {
            if (input.isTextual()) {
                text(input.asText());
                return;
            }
            if (!input.isArray() || input.isEmpty()) {
                throw ErrorKind.EMBEDDINGS_INPUT.with();
            }
            if (input.get(0).isIntegralNumber()) {
                tokens(input);
                return;
            }
            if (input.size() > MOST_INPUTS) {
                throw ErrorKind.LONG_ARRAY.with("input", MOST_INPUTS, input.size());
            }
            for (JsonNode one : input) {
                if (one.isTextual()) {
                    text(one.asText());
                } else {
                    tokens(one);
                }
            }
        }

        private void text(String text) {
            if (text.isEmpty()) {
                throw ErrorKind.EMBEDDINGS_INPUT.with();
            }
            texts.add(text);
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
            count(tokens.count(model.family().encoding(), text));
        }

        private void tokens(JsonNode array) {
            if (!array.isArray() || array.isEmpty()) {
                throw ErrorKind.EMBEDDINGS_INPUT.with();
            }
            int[] given = new int[array.size()];
            for (int i = 0; i < given.length; i++) {
                if (!array.get(i).isInt()) {
                    throw ErrorKind.EMBEDDINGS_INPUT.with();
                }
                given[i] = array.get(i).asInt();
            }
            Family.Encoding encoding = model.family().encoding();
            texts.add(tokens.text(encoding, given).orElseThrow(ErrorKind.EMBEDDINGS_INPUT::with));
            givenTokens += given.length;
            count(given.length);
        }

        private void count(int more) {
            if (more > model.context()) {
                throw ErrorKind.CONTEXT_EMBEDDINGS.with(model.context(), more);
            }
            total += more;
        }
    }
}
