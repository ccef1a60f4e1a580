package dev.gateway4j.benchmarks;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.AnswerReader;
import dev.gateway4j.api.openai.CanonicalJson;
import dev.gateway4j.api.openai.RequestFacts;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.api.openai.SseParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** The parts that read the dialect, each alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DialectBenchmark {
    private static final String CHAT = "/v1/chat/completions";
    private static final int DEPTH = 64;

    private final byte[] request = Samples.request(false);
    private final byte[] answer = Samples.answer();
    private final List<byte[]> events = Samples.events();
    private final byte[] text = "No secret stands in this text, which is usual. "
            .repeat(44)
            .substring(0, 2048)
            .getBytes(StandardCharsets.UTF_8);

    /** Three keys, each looked for as it stands and in three alignments of base64. */
    @Setup
    public void loadSecrets() {
        for (String name : List.of("blue", "green", "grey")) {
            Secret.of(name, "sk-test-" + name + "-0000-0000-0000-0000-0000-0000");
        }
    }

    /** What the gateway needs from a request of 1.5 KB. */
    @Benchmark
    public RequestFacts readRequest() {
        return RequestReader.read(request, DEPTH);
    }

    /** The canonical form of a request of 1.5 KB. */
    @Benchmark
    public byte[] canonicalRequest() {
        return CanonicalJson.of(request, DEPTH);
    }

    /** Usage and model of an answer of 1.2 KB. */
    @Benchmark
    public Optional<Usage> readAnswer() {
        AnswerReader reader = AnswerReader.forBody(CHAT, false);
        reader.feed(answer, 0, answer.length);
        reader.finish();
        return reader.usage();
    }

    /** Usage and model of a stream; the figure is for one event. */
    @Benchmark
    @OperationsPerInvocation(Samples.EVENTS)
    public Optional<Usage> readStream() {
        AnswerReader reader = AnswerReader.forBody(CHAT, true);
        for (byte[] event : events) {
            reader.feed(event, 0, event.length);
        }
        reader.finish();
        return reader.usage();
    }

    /** Framing alone; the figure is for one event. */
    @Benchmark
    @OperationsPerInvocation(Samples.EVENTS)
    public void cutStream(Blackhole hole) {
        SseParser parser = new SseParser((type, data, offset, length) -> hole.consume(length));
        for (byte[] event : events) {
            parser.feed(event, 0, event.length);
        }
    }

    /** 2 KB of text without a secret, against three known ones. */
    @Benchmark
    public byte[] scrubText() {
        return SecretScanner.shared().scrub(text);
    }
}
