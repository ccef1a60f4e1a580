package dev.gateway4j.vectors;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.VectorIndex;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * Measures an index: {@code VectorBenchmark VECTORS DIMENSIONS}. Prints how long building took, what the heap holds (vectors included), how
 * often the nearest is found, and in rounds how long a lookup takes, for several numbers of candidates.
 */
final class VectorBenchmark {
    private static final TimeSource TIME = TimeSource.system();
    private static final int LOOKUPS = 2_000;
    private static final int COMPARED = 500;
    private static final int ROUNDS = 5;
    private static final int[] BEAMS = {40, 64, 80, 96};
    private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

    private VectorBenchmark() {}

    public static void main(String[] arguments) {
        int count = Integer.parseInt(arguments[0]);
        int dimensions = Integer.parseInt(arguments[1]);
        Clouds clouds = new Clouds(count, dimensions);
        float[][] vectors = new float[count][];
        for (int i = 0; i < count; i++) {
            vectors[i] = clouds.question();
        }
        try (JVectorIndex index = new JVectorIndex(dimensions)) {
            build(index, vectors);
            say("heap after collection: " + heapMegabytes() + " MB for " + index.size() + " vectors");
            float[][] asked = new float[LOOKUPS][];
            for (int i = 0; i < LOOKUPS; i++) {
                asked[i] = clouds.like(vectors[clouds.draw(count)]);
            }
            for (int beam : BEAMS) {
                for (int round = 1; round <= ROUNDS; round++) {
                    lookups(index, asked, beam);
                }
            }
            recall(index, vectors, asked);
        }
    }

    private static void build(VectorIndex index, float[][] vectors) {
        long start = TIME.nanos();
        for (int i = 0; i < vectors.length; i++) {
            index.add(i, vectors[i]);
            if ((i + 1) % 10_000 == 0) {
                say((i + 1) + " added after " + (TIME.nanos() - start) / 1_000_000_000 + " s");
            }
        }
    }

    private static long heapMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20;
    }

    private static void recall(JVectorIndex index, float[][] vectors, float[][] asked) {
        int[] found = new int[BEAMS.length];
        for (int i = 0; i < COMPARED; i++) {
            int nearest = Clouds.nearest(asked[i], vectors);
            for (int b = 0; b < BEAMS.length; b++) {
                found[b] += index.nearest(asked[i], 4, BEAMS[b]).get(0).id() == nearest ? 1 : 0;
            }
        }
        for (int b = 0; b < BEAMS.length; b++) {
            say("beam " + BEAMS[b] + ": recall@1 " + (double) found[b] / COMPARED + " of " + COMPARED);
        }
    }

    /** By the clock, and by the time that the processor gave, which is the same where nothing else runs. */
    private static void lookups(JVectorIndex index, float[][] asked, int beam) {
        long[] took = new long[LOOKUPS];
        long[] ran = new long[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            long begun = PROCESSOR.getCurrentThreadCpuTime();
            long start = TIME.nanos();
            index.nearest(asked[i], 4, beam);
            took[i] = (TIME.nanos() - start) / 1_000;
            ran[i] = (PROCESSOR.getCurrentThreadCpuTime() - begun) / 1_000;
        }
        say("beam " + beam + ": " + percentiles("clock", took) + "; " + percentiles("processor", ran));
    }

    private static String percentiles(String what, long[] micros) {
        Arrays.sort(micros);
        return what + " p50 " + micros[LOOKUPS / 2] + " us, p99 " + micros[LOOKUPS * 99 / 100] + " us";
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
