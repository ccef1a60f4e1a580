package dev.gateway4j.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Cassettes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Reading and writing 43 cassettes of 300 KB together, from and to files. With {@code -Dgateway4j.cassettes=DIR} those of that directory
 * are read instead.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CassetteBenchmark {
    private final @Nullable String given = System.getProperty("gateway4j.cassettes");
    private final List<Cassette> samples = CassetteSamples.likeEnvoys();
    private @Nullable Path made;

    /** Writes what is read. */
    @Setup
    public void save() throws IOException {
        made = CassetteSamples.saved(samples);
    }

    /** Removes it. */
    @TearDown
    public void delete() throws IOException {
        CassetteSamples.delete(requireNonNull(made));
    }

    /** Lists the directory and reads every file of it. */
    @Benchmark
    public void loads43(Blackhole sink) {
        Cassettes cassettes = Cassettes.at(given == null ? requireNonNull(made) : Path.of(given));
        for (String name : cassettes.names()) {
            sink.consume(cassettes.load(name));
        }
    }

    /** Writes every file. */
    @Benchmark
    public void saves43() {
        samples.forEach(Cassettes.at(requireNonNull(made))::save);
    }
}
