package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Legacy completions that were asked for and may be answered.
 *
 * @param asks what is asked, one for each prompt; their choices are those that are made, of which the first are told
 * @param told how many answers to each prompt are told
 * @param promptTokens the tokens of all prompts
 * @param charge what the rate limiter takes them for
 * @param echo true if answers begin with their prompt
 * @param logprobs how many alternatives are told with each token's probability; empty if none is told
 * @param stream true if the answer is streamed
 * @param usage true if a stream tells its usage
 */
public record CompletionRequest(
        List<Ask> asks,
        int told,
        long promptTokens,
        long charge,
        boolean echo,
        OptionalInt logprobs,
        boolean stream,
        boolean usage) {
    /** The path of this endpoint. */
    public static final String ENDPOINT = "/v1/completions";

    private static final int STANDARD_LIMIT = 16;
    private static final int BYTES_PER_TOKEN = 4;
    private static final int MOST_CHOICES = 2_048;
    private static final String NO_PROMPT = "<|endoftext|>";

    /** Copies the list. */
    public CompletionRequest {
        asks = List.copyOf(asks);
    }

    /**
     * Reads and checks a request.
     *
     * @param bytes the body
     * @param deployment the deployment, which decides the model where there is one
     * @param tokens the tokenizer
     */
    public static CompletionRequest read(byte[] bytes, Optional<String> deployment, Tokens tokens) {
        JsonNode body = Members.body(bytes);
        Model model = ModelNames.required(body, deployment);
        Params.COMPLETIONS.check(body);
        if (model.responds() && deployment.isEmpty()) {
            throw ErrorKind.CHAT_ONLY.with();
        }
        boolean completes = model.kind().equals("completion") || deployment.isPresent();
        if (!completes) {
            throw ErrorKind.MODEL.with(model.id());
        }
        checkOptions(body);
        int told = Members.integer(body, "n").orElse(1);
        int made = Members.integer(body, "best_of").orElse(told);
        Prompts prompts = new Prompts(model, tokens);
        checkCount(body.path("prompt"), made);
        prompts.read(body.path("prompt"));
        int limit = Members.integer(body, "max_tokens").orElse(STANDARD_LIMIT);
        prompts.requireRoom(limit);
        List<Ask> asks = new ArrayList<>();
        for (String prompt : prompts.texts) {
            asks.add(ask(body, model, prompt, made, limit));
        }
        return new CompletionRequest(
                asks,
                told,
                prompts.total,
                prompts.bytes / BYTES_PER_TOKEN + prompts.given + (long) prompts.texts.size() * told,
                Members.flag(body, "echo", false),
                Members.integer(body, "logprobs"),
                Members.flag(body, "stream", false),
                Members.flag(body.path("stream_options"), "include_usage", false));
    }

    private static void checkOptions(JsonNode body) {
        int told = Members.integer(body, "n").orElse(1);
        int made = Members.integer(body, "best_of").orElse(told);
        if (made < told) {
            throw ErrorKind.BEST_OF.with(told, made);
        }
        if (body.path("stop").size() > ChatRequest.MOST_STOPS) {
            throw ErrorKind.LONG_ARRAY.with(
                    "stop", ChatRequest.MOST_STOPS, body.path("stop").size());
        }
        if (body.path("stream_options").isObject() && !Members.flag(body, "stream", false)) {
            throw ErrorKind.STREAM_OPTIONS.with();
        }
    }

    /** An answer has a bounded number of choices, so the more of them each prompt gets, the fewer prompts there may be. */
    private static void checkCount(JsonNode prompt, int made) {
        int most = MOST_CHOICES / Math.max(1, made);
        boolean several = prompt.isArray() && !prompt.path(0).isIntegralNumber();
        if (several && prompt.size() > most) {
            throw ErrorKind.LONG_ARRAY.with("prompt", most, prompt.size());
        }
    }

    private static Ask ask(JsonNode body, Model model, String prompt, int made, int limit) {
        return new Ask(
                ENDPOINT,
                model,
                new Conversation(List.of(new Turn("user", prompt, 0, 0))),
                made,
                OptionalInt.of(limit),
                ChatRequest.stops(body),
                Tools.NONE,
                Format.TEXT,
                Optional.empty(),
                body);
    }

    /** Collects the prompts: texts, or tokens that stand for texts. */
    private static final class Prompts {
        private final Model model;
        private final Family.Encoding encoding;
        private final Tokens tokens;
        private final List<String> texts = new ArrayList<>();
        private long total;
        private long longest;
        private long bytes;
        private long given;

        Prompts(Model model, Tokens tokens) {
            this.model = model;
            this.encoding = model.family().encoding();
            this.tokens = tokens;
        }

        void read(JsonNode prompt) {
            if (prompt.isMissingNode() || prompt.isNull()) {
                text(NO_PROMPT, 1);
            } else if (prompt.isTextual()) {
                text(prompt.asText());
            } else if (!prompt.isArray()) {
                throw ErrorKind.TYPE.with("prompt", "one of a string or array", JsonType.got(prompt));
            } else if (prompt.isEmpty()) {
                throw ErrorKind.EMPTY_ARRAY.with("prompt");
            } else if (prompt.get(0).isIntegralNumber()) {
                tokens(prompt);
            } else {
                for (JsonNode one : prompt) {
                    if (one.isTextual()) {
                        text(one.asText());
                    } else {
                        tokens(one);
                    }
                }
            }
        }

        void requireRoom(int limit) {
            if (longest + limit > model.context()) {
                throw ErrorKind.CONTEXT_LEGACY.with(model.context(), longest + limit, longest, limit);
            }
        }

        private void text(String text) {
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
            text(text, tokens.count(encoding, text));
        }

        private void text(String text, int count) {
            texts.add(text);
            total += count;
            longest = Math.max(longest, count);
        }

        private void tokens(JsonNode array) {
            int[] ids = new int[array.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = array.get(i).isInt() ? array.get(i).asInt() : -1;
            }
            Optional<String> text = array.isArray() && ids.length > 0 ? tokens.text(encoding, ids) : Optional.empty();
            text(text.orElseThrow(() -> ErrorKind.PROMPT.with()), ids.length);
            given += ids.length;
        }
    }
}
