package dev.gateway4j.okhttp.internal.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.openai.RequestReader;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.call.CallPublisher;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The choice of a key among so many that are all well. In the package of the keys, since it asks the ring without a chain around. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class KeyChoiceBenchmark {
    private static final byte[] QUESTION =
            "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"Say hello.\"}]}"
                    .getBytes(UTF_8);

    /** How many keys fit. */
    @Param({"1", "4", "32"})
    public int keys;

    /** Which of them is chosen. */
    @Param({"weighted", "least_loaded", "sticky"})
    public String selection = "weighted";

    private final TimeSource time = TimeSource.system();
    private List<UpstreamKey> all = List.of();
    private Optional<KeyRing> ring = Optional.empty();
    private Optional<CallFacts> call = Optional.empty();

    /** Makes keys, ring and call. */
    @Setup
    public void prepare() {
        List<UpstreamKey> pool = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            String name = "key-" + i;
            pool.add(new UpstreamKey(
                    name,
                    Secret.of(name, "sk-test-keychoicebenchmark-" + i),
                    "openai",
                    1 + i % 3,
                    List.of("gpt-4o*"),
                    Optional.empty(),
                    Optional.empty()));
        }
        all = List.copyOf(pool);
        GatewayConfig config = GatewayConfig.reader()
                .properties(Map.of())
                .variables(Map.of("OPENAI_API_KEY_STAGING", "sk-test-keychoicebenchmark-0000"))
                .set("environment", "staging")
                .set("openai.credentials.selection", selection)
                .read();
        List<UpstreamKey> given = all;
        ring = Optional.of(new KeyRing(
                new CallRuntime(
                        config, time, () -> ThreadLocalRandom.current().nextLong(), new CallPublisher(List.of())),
                environment -> given));
        call = Optional.of(call(config));
    }

    private static CallFacts call(GatewayConfig config) {
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/chat/completions")
                .post(RequestBody.create(QUESTION, MediaType.get("application/json")))
                .build();
        return new CallFacts(
                request,
                Objects.requireNonNull(config.upstreams().get("openai")),
                "/v1/chat/completions",
                RequestReader.read(QUESTION, 64),
                Optional.of(QUESTION),
                Optional.of("gpt-4o"),
                ResponseType.PASSTHROUGH,
                CallTags.none().withUser("ada"),
                false,
                false);
    }

    /** The floor: one draw of a key, and a look at the clock. */
    @Benchmark
    public long floor() {
        UpstreamKey drawn = all.get(ThreadLocalRandom.current().nextInt(keys));
        return time.nanos() + drawn.weight();
    }

    /** A choice, and the end of its use. */
    @Benchmark
    public Object choose() {
        KeyChoice choice = ring.orElseThrow().choose(call.orElseThrow(), Asking.Tried.NOTHING);
        if (!(choice instanceof KeyChoice.Chosen chosen)) {
            throw new IllegalStateException("every key is well");
        }
        chosen.lease().end();
        return chosen;
    }
}
