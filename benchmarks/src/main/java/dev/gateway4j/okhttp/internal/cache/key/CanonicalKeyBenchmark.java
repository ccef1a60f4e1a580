package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.ErrorDetail;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Isolation;
import dev.gateway4j.api.config.LogLevel;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.CanonicalDocument;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What it costs to know which key a chat request has. In the package it measures, to see the parts. The floor is SHA-256 alone. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CanonicalKeyBenchmark {
    private static final String TEXT =
            "Please summarise the following notes of our meeting, \\\"as they are\\\", in three sentences.\\n";

    /** How many bytes the request has, about. */
    @Param({"1500", "1000000"})
    public int size;

    private final Identities identities = new Identities(config());
    private byte[] body = {};
    private CallFacts facts = facts(body);

    /** Makes the request. */
    @Setup
    public void prepare() {
        body = request(size).getBytes(StandardCharsets.UTF_8);
        facts = facts(body);
    }

    /** From the bytes of the request to its key, with everything that decides whether it has one. */
    @Benchmark
    public Reading key() {
        return identities.read(facts);
    }

    /** The canonical form alone. */
    @Benchmark
    public CanonicalDocument canonical() {
        return CanonicalDocument.of(body, 128);
    }

    /** The floor: SHA-256 of as many bytes. */
    @Benchmark
    public byte[] digest() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(body);
    }

    private static String request(int size) {
        StringBuilder request =
                new StringBuilder("{\"model\":\"gpt-4o-mini\",\"temperature\":0,\"max_completion_tokens\":512,"
                        + "\"seed\":42,\"stream\":true,\"stream_options\":{\"include_usage\":true},\"user\":\"ann\","
                        + "\"response_format\":{\"type\":\"json_object\"},\"messages\":[{\"role\":\"system\",\"content\":"
                        + "\"You answer briefly, in the language of the question.\"}");
        while (request.length() < size - 120) {
            request.append(",{\"role\":\"user\",\"content\":\"")
                    .append(TEXT.repeat(size > 100_000 ? 40 : 2))
                    .append("\"},{\"role\":\"assistant\",\"content\":\"Fine.\"}");
        }
        return request.append(",{\"role\":\"user\",\"content\":\"And now in one sentence?\"}]}")
                .toString();
    }

    private static CallFacts facts(byte[] body) {
        RequestFacts read = RequestReader.read(body, 128);
        return new CallFacts(
                new Request.Builder()
                        .url("https://api.openai.com/v1/chat/completions")
                        .header("Authorization", "Bearer gateway")
                        .header("User-Agent", "benchmark")
                        .header("Accept", "application/json")
                        .post(RequestBody.create(body, MediaType.get("application/json")))
                        .build(),
                Upstream.OPENAI,
                "/v1/chat/completions",
                read,
                Optional.of(body),
                read.model(),
                ResponseType.PASSTHROUGH,
                CallTags.none().withTenant("acme").withUser("ann"),
                false,
                false);
    }

    private static GatewayConfig config() {
        return new GatewayConfig(
                        "staging",
                        Profile.STAGING,
                        Mode.PASSTHROUGH,
                        Isolation.STRICT,
                        Map.of("openai", Upstream.OPENAI),
                        List.of(),
                        Map.of(),
                        List.of(),
                        ResponseType.GENERATED,
                        LogLevel.ESSENTIAL,
                        ErrorDetail.DETAILED,
                        32 << 20,
                        128,
                        0,
                        "instant",
                        List.of())
                .withCache(CacheConfig.defaults());
    }
}
