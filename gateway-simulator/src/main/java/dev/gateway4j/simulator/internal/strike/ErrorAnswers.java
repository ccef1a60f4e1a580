package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.fault.FaultName;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.fault.Setting;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Masked;
import dev.gateway4j.simulator.internal.http.Presented;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.limit.Charges;
import dev.gateway4j.simulator.internal.limit.Window;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.timing.GoDuration;
import java.util.Optional;

/** Errors in place of answers, with the bodies and headers of the wire. */
final class ErrorAnswers {
    private static final String UNCLOSED =
            "In context=(), 'additionalProperties' is required to be supplied and to be false.";

    private static final int DEEPEST = 200;
    private static final long TOKENS = 30_000;
    private static final long REQUESTS = 500;
    private static final long MINUTE = 60_000;
    private static final String CALL = "call_0000000000000000000000";

    private static final String DEPLOYMENT =
            "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a"
                    + " moment and try again.";

    private final Exchange exchange;
    private final FaultText fault;
    private final String model;

    private ErrorAnswers(Exchange exchange, FaultText fault) {
        this.exchange = exchange;
        this.fault = fault;
        RequestFacts facts = RequestReader.read(exchange.request().body(), DEEPEST);
        this.model = exchange.path().deployment().or(facts::model).orElse("gpt-4o");
    }

    /** The answer of a fault that comes in place of the real one. */
    static WireReply of(Exchange exchange, FaultText fault, long after) {
        return new ErrorAnswers(exchange, fault).reply(after);
    }

    private WireReply reply(long after) {
        return switch (fault.name()) {
            case E502 -> page(502, after);
            case E504 -> page(504, after);
            case E520 -> page(520, after);
            case HTML -> page(200, after);
            case EMPTY_BODY -> Replies.edge(exchange, 200, "application/json", new byte[0], after);
            case E400_FILTER -> Replies.azure(exchange, 400, AzureFilter.BODY, after);
            case E404_DEPLOYMENT -> Replies.azure(exchange, 404, "DeploymentNotFound", DEPLOYMENT, after);
            case E429_TOKENS, E429_REQUESTS, E429_SLOW_DOWN -> limited(after);
            case E429_TOO_LARGE, E429_QUOTA, E429_SPEND -> with(after, "x-should-retry", "false");
            default -> Replies.error(exchange, error(), after);
        };
    }

    private WireReply page(int status, long after) {
        String ray = exchange.requestId().substring("req_".length(), "req_".length() + 16);
        return Replies.edge(exchange, status, EdgePages.TYPE, EdgePages.of(status, ray), after);
    }

    private WireReply with(long after, String name, String value) {
        WireReply reply = Replies.error(exchange, error(), after);
        return new WireReply(reply.status(), reply.headers().with(name, value), reply.dueNanos(), reply.frames());
    }

    private WireReply limited(long after) {
        WireReply reply = Replies.error(exchange, error(), after);
        WireHeaders.Builder headers = WireHeaders.builder();
        reply.headers().entries().forEach(header -> headers.add(header.getKey(), header.getValue()));
        if (fault.name() == FaultName.E429_TOKENS) {
            long used = Math.min(TOKENS, usedTokens());
            Quota.add(
                    headers,
                    Optional.of(new Quota.Level(REQUESTS, REQUESTS - 1, MINUTE / REQUESTS)),
                    Optional.of(new Quota.Level(TOKENS, TOKENS - used, used * MINUTE / TOKENS)));
        } else if (fault.name() == FaultName.E429_REQUESTS) {
            Quota.add(
                    headers,
                    Optional.of(new Quota.Level(REQUESTS, 0, MINUTE)),
                    Optional.of(new Quota.Level(TOKENS, TOKENS, 0)));
        }
        Quota.addRetry(headers, waitMillis());
        return new WireReply(reply.status(), headers.build(), reply.dueNanos(), reply.frames());
    }

    private long waitMillis() {
        return fault.duration(Setting.BY).toMillis();
    }

    private long charged() {
        return Charges.of(
                        exchange.path().path(),
                        exchange.path().deployment(),
                        exchange.request().body())
                .map(charges -> charges.tokens().orElse(1))
                .orElse(1L);
    }

    /** As many as make the limiter's arithmetic come out at the wait that is asked for. */
    private long usedTokens() {
        return Math.max(0, TOKENS + waitMillis() * TOKENS / MINUTE - charged());
    }

    private ApiError error() {
        boolean responses = exchange.newFamily();
        String organization = Replies.organizationId(exchange);
        String method = exchange.request().method();
        String path = exchange.request().path();
        return switch (fault.name()) {
            case E400_JSON -> ErrorKind.BAD_JSON.with();
            case E400_MISSING -> ErrorKind.MISSING.with(responses ? "input" : "messages");
            case E400_TYPE -> ErrorKind.TYPE.with("metadata.k", "a string", "a boolean");
            case E400_VALUE -> badValue(responses);
            case E400_UNKNOWN -> ErrorKind.UNKNOWN_PARAMETER.with("quality");
            case E400_UNSUPPORTED ->
                responses
                        ? ErrorKind.UNSUPPORTED_RESPONSES.with("temperature")
                        : ErrorKind.MAX_TOKENS_UNSUPPORTED.with();
            case E400_EMPTY -> ErrorKind.EMPTY_ARRAY.with(responses ? "input" : "messages");
            case E400_BELOW -> ErrorKind.BELOW.with("temperature", "decimal", 0, -1);
            case E400_ABOVE -> ErrorKind.ABOVE.with("temperature", "decimal", 2, 3);
            case E400_CONTEXT ->
                responses ? ErrorKind.CONTEXT_RESPONSES.with() : ErrorKind.CONTEXT.with(128_000, 173_172);
            case E400_MAX_TOKENS ->
                ErrorKind.MAX_TOKENS_TOO_LARGE.with(responses ? "max_output_tokens" : "max_tokens", 20_480, 16_384);
            case E400_TOOLS ->
                responses ? ErrorKind.UNANSWERED_TOOL_RESPONSES.with(CALL) : ErrorKind.UNANSWERED_TOOL.with(1, CALL);
            case E400_PREVIOUS -> ErrorKind.PREVIOUS_NOT_FOUND.with("resp_" + "0".repeat(50));
            case E400_SCHEMA ->
                (responses ? ErrorKind.SCHEMA_RESPONSES : ErrorKind.FORMAT_SCHEMA).with("answer", UNCLOSED);
            case E400_FUNCTION ->
                ErrorKind.FUNCTION_SCHEMA.with(
                        "tools[0].function.parameters",
                        "f",
                        "schema must be a JSON Schema of 'type: \"object\"', got 'type: \"None\"'.");
            case E400_IMAGE -> ErrorKind.IMAGE_URL.with("https://example.com/picture.png");
            case E400_MODERATION -> ErrorKind.IMAGE_MODERATION.with(exchange.requestId());
            case E400_UNVERIFIED -> ErrorKind.UNVERIFIED.with();
            case E400_TIER -> ErrorKind.SERVICE_TIER.with();
            case E401_MISSING -> (responses ? ErrorKind.NO_KEY_RESPONSES : ErrorKind.NO_KEY).with();
            case E401_KEY ->
                ErrorKind.WRONG_KEY.with(
                        Masked.key(Presented.key(exchange.request().headers()).orElse("sk-test-wrong-key-0000")));
            case E401_ORGANIZATION -> ErrorKind.WRONG_ORGANIZATION.with();
            case E401_SCOPES -> ErrorKind.MISSING_SCOPE.with();
            case E403_REGION -> ErrorKind.REGION.with();
            case E403_PROJECT -> ErrorKind.PROJECT_MODEL.with(Replies.PROJECT, model);
            case E404_MODEL -> (responses ? ErrorKind.MODEL_RESPONSES : ErrorKind.MODEL).with(model);
            case E404_RETIRED -> ErrorKind.MODEL_RETIRED.with(model);
            case E404_URL -> ErrorKind.URL.with(method, path);
            case E405 -> ErrorKind.METHOD.with(method, path);
            case E409 -> ErrorKind.CONFLICT.with();
            case E413 ->
                ErrorKind.BODY_TOO_LARGE.with(
                        26_214_400, Math.max(26_214_401, exchange.request().body().length));
            case E422 -> ErrorKind.UNPROCESSABLE.with();
            case E429_TOKENS -> reached(organization, Window.TPM, TOKENS, usedTokens(), charged());
            case E429_REQUESTS -> reached(organization, Window.RPM, REQUESTS, REQUESTS, 1);
            case E429_TOO_LARGE ->
                ErrorKind.REQUEST_TOO_LARGE.with(
                        "tokens", model, organization, Window.TPM.words(), TOKENS, Math.max(TOKENS + 601, charged()));
            case E429_QUOTA -> ErrorKind.QUOTA.with();
            case E429_SPEND -> ErrorKind.SPEND_LIMIT.with();
            case E429_SLOW_DOWN -> ErrorKind.SLOW_DOWN.with();
            case E429_FLEX -> ErrorKind.NO_CAPACITY.with();
            case E503 -> ErrorKind.OVERLOADED.with();
            case E503_LEGACY ->
                ErrorKind.OVERLOADED_LEGACY.with(exchange.requestId().substring("req_".length()));
            case E529 -> ErrorKind.OVERLOADED_529.with();
            default -> ErrorKind.SERVER.with(exchange.requestId());
        };
    }

    private static ApiError badValue(boolean responses) {
        return responses
                ? ErrorKind.VALUE.with("input[0].role", "foo", "'assistant', 'system', 'developer', and 'user'")
                : ErrorKind.VALUE.with(
                        "messages[0].role",
                        "foo",
                        "'system', 'assistant', 'user', 'function', 'tool', and 'developer'");
    }

    private ApiError reached(String organization, Window window, long limit, long used, long requested) {
        return ErrorKind.RATE_LIMIT.with(
                window.counts(),
                model,
                organization,
                window.words(),
                limit,
                used,
                requested,
                GoDuration.text(waitMillis()));
    }
}
