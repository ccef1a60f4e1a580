package dev.gateway4j.benchmarks;

import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.cache.shape.Examination;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import dev.gateway4j.okhttp.internal.cache.shape.Rendition;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Examining a stream of 200 events before it is kept, and giving it in every form. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CacheShapeBenchmark {
    private static final String CHAT = "/v1/chat/completions";
    private static final String HEAD =
            "data: {\"id\":\"chatcmpl-DPTBCx1YzQk3RmN7sVwLcJ2aHeUtG\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1774963589,\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\","
                    + "\"system_fingerprint\":\"fp_8bbc38b4db\",\"choices\":[";
    private static final int WORDS = 196;

    private final Landed landed = landed();
    private final StoredAnswer stream = kept(landed);
    private final StoredAnswer plain = plain(stream);

    private static Landed landed() {
        StringBuilder body =
                new StringBuilder(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        for (int i = 0; i < WORDS; i++) {
            body.append(chunk("{\"content\":\" word\"}", "null"));
        }
        body.append(chunk("{}", "\"stop\""))
                .append(HEAD)
                .append("],\"usage\":{\"prompt_tokens\":418,\"completion_tokens\":207,\"total_tokens\":625}}\n\n")
                .append("data: [DONE]\n\n");
        return landed(body.toString().getBytes(StandardCharsets.UTF_8), "text/event-stream");
    }

    private static String chunk(String delta, String finish) {
        return HEAD + "{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":" + finish
                + "}],\"usage\":null}\n\n";
    }

    /** As it arrives from a network, in pieces of 1 KB. */
    private static Landed landed(byte[] body, String type) {
        int count = (body.length + 1023) / 1024;
        int[] pieces = new int[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            pieces[i] = Math.min(body.length, (i + 1) * 1024);
            times[i] = TimeUnit.MILLISECONDS.toNanos(i);
        }
        return new Landed(CHAT, 200, Optional.of(type), Optional.empty(), Optional.empty(), body, pieces, times);
    }

    private static StoredAnswer kept(Landed landed) {
        if (Examination.of(landed, CacheConfig.defaults()) instanceof Examination.Fit fit) {
            return fit.answer();
        }
        throw new IllegalStateException("the sample is not kept");
    }

    private static StoredAnswer plain(StoredAnswer stream) {
        Rendition plain = stream.as(false, false).orElseThrow();
        return kept(landed(plain.body(), plain.contentType()));
    }

    /** Whether the stream may be kept: every event is read. */
    @Benchmark
    public Examination examination() {
        return Examination.of(landed, CacheConfig.defaults());
    }

    /** A plain answer to a plain call. */
    @Benchmark
    public Optional<Rendition> plainAsItIs() {
        return plain.as(false, false);
    }

    /** The stream, with the usage that it has. */
    @Benchmark
    public Optional<Rendition> streamAsItIs() {
        return stream.as(true, true);
    }

    /** The stream, its usage cut out. */
    @Benchmark
    public Optional<Rendition> streamWithoutUsage() {
        return stream.as(true, false);
    }

    /** The stream as a plain answer. */
    @Benchmark
    public Optional<Rendition> streamToPlain() {
        return stream.as(false, false);
    }

    /** The plain answer as a stream. */
    @Benchmark
    public Optional<Rendition> plainToStream() {
        return plain.as(true, true);
    }
}
