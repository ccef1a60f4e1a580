package dev.gateway4j.simulator.internal.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.encode.AzureBodies;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is particular to Azure OpenAI: deployments, versions of the API, headers and content filters.
 *
 * <p>Any name is a deployment, except those of which a part between hyphens, underscores or dots says otherwise: {@code missing}, {@code
 * unknown}, {@code nonexistent}, {@code does-not-exist}, {@code no-such}, {@code not-found}, {@code invalid} or {@code wrong}, as in {@code
 * gpt-4o-missing} and {@code no-such-deployment}. The filter of prompts refuses those that hold {@code gateway4j:content-filter}; a category may
 * follow: {@code gateway4j:content-filter=self_harm}, one of {@code hate}, {@code jailbreak}, {@code self_harm}, {@code sexual} and {@code
 * violence}, which is the one meant without.
 */
public final class Azure {
    private static final Pattern NOT_DEPLOYED = Pattern.compile(
            "(?:.*[-_.])?(missing|unknown|nonexistent|does-not-exist|no-such|not-found|invalid|wrong)(?:[-_.].*)?");
    private static final Pattern FILTERED =
            Pattern.compile("gateway4j:content-filter(?:=(hate|jailbreak|self_harm|sexual|violence))?");
    private static final String FIRST_WITH_TIERS = "2024-12";
    private static final long REQUESTS = 2_500;
    private static final long TOKENS = 250_000;
    private static final long WINDOW_SECONDS = 60;

    private Azure() {}

    /**
     * The deployment a request names, in its path or, below {@code /openai/v1}, as its model; empty for requests to OpenAI itself.
     *
     * @throws dev.gateway4j.simulator.internal.request.ApiError if a classic path lacks the version, or there is no such deployment
     */
    public static Optional<String> deployment(Exchange exchange) {
        if (!exchange.azure()) {
            return exchange.path().deployment();
        }
        if (!current(exchange) && version(exchange).isEmpty()) {
            throw ErrorKind.AZURE_RESOURCE.with();
        }
        Optional<String> deployment = exchange.path().deployment().or(() -> model(exchange));
        if (deployment.filter(name -> NOT_DEPLOYED.matcher(name).matches()).isPresent()) {
            throw ErrorKind.AZURE_DEPLOYMENT.with();
        }
        return deployment;
    }

    /** True if answers of this version of the API tell the service tier. */
    public static boolean tellsTier(Exchange exchange) {
        return !exchange.azure() || current(exchange) || version(exchange).compareTo(FIRST_WITH_TIERS) >= 0;
    }

    /** The refusal of a prompt in which a filter finds something; empty if none does. */
    public static Optional<WireReply> refusal(Exchange exchange, Conversation conversation, long after) {
        if (!exchange.azure()) {
            return Optional.empty();
        }
        return conversation.turns().stream()
                .map(turn -> FILTERED.matcher(turn.text()))
                .filter(Matcher::find)
                .map(found -> Optional.ofNullable(found.group(1)).orElse("violence"))
                .findFirst()
                .map(category -> {
                    long due = exchange.arrived() + after;
                    WireHeaders headers = head(exchange, "application/json").build();
                    return new WireReply(400, headers, due, Frames.of(AzureBodies.filtered(category), due));
                });
    }

    static String version(Exchange exchange) {
        return exchange.query().path("api-version").asText("");
    }

    static WireHeaders.Builder head(Exchange exchange, String contentType) {
        String hex = exchange.requestId().substring("req_".length());
        String id = uuid(hex);
        WireHeaders.Builder headers = WireHeaders.builder()
                .add("content-type", contentType)
                .add("date", Replies.date(exchange))
                .add("strict-transport-security", "max-age=31536000; includeSubDomains; preload")
                .add("apim-request-id", uuid(new StringBuilder(hex).reverse().toString()))
                .add("x-accel-buffering", "no")
                .add("x-content-type-options", "nosniff");
        exchange.path().deployment().ifPresent(name -> headers.add("x-ms-deployment-name", name));
        headers.add("x-ms-is-spilled-over", "false")
                .add("x-ms-rai-invoked", "true")
                .add("x-ms-region", "East US 2");
        exchange.path()
                .deployment()
                .ifPresent(name ->
                        headers.add("x-ms-served-model", Models.deployed(name).answersAs()));
        return headers.add("x-request-id", id);
    }

    static void limits(WireHeaders.Builder headers, long tokens) {
        long charged = Math.min(TOKENS, tokens);
        headers.add("x-ratelimit-limit-requests", Long.toString(REQUESTS))
                .add("x-ratelimit-limit-tokens", Long.toString(TOKENS))
                .add("x-ratelimit-remaining-requests", Long.toString(REQUESTS - 1))
                .add("x-ratelimit-remaining-tokens", Long.toString(TOKENS - charged))
                .add("x-ratelimit-renewalperiod-requests", Long.toString(WINDOW_SECONDS))
                .add("x-ratelimit-renewalperiod-tokens", Long.toString(WINDOW_SECONDS))
                .add("x-ratelimit-reset-requests", Long.toString(WINDOW_SECONDS / REQUESTS))
                .add("x-ratelimit-reset-tokens", Long.toString(charged * WINDOW_SECONDS / TOKENS));
    }

    private static boolean current(Exchange exchange) {
        return exchange.request().path().startsWith("/openai/v1/");
    }

    private static Optional<String> model(Exchange exchange) {
        return Json.read(exchange.request().body())
                .map(body -> body.path("model"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(name -> !name.isEmpty());
    }

    private static String uuid(String hex) {
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20, 32);
    }
}
