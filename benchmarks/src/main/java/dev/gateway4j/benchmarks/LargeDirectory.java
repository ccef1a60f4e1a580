package dev.gateway4j.benchmarks;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassettePlayer;
import dev.gateway4j.cassette.Cassettes;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What 200 MB of cassettes cost: the first call that names its cassette, the first that does not, and those that follow, each with its
 * processor time, which other work on the machine does not lengthen, and with the heap that is left after a full collection. Writes the directory if it is not there; run it a second time then, in a fresh process.
 */
public final class LargeDirectory {
    private static final int FILES = 2_000;
    private static final int CHATS_EACH = 30;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CassettePlayer player;
    private final TimeSource time = TimeSource.system();

    private LargeDirectory(Path directory) {
        player = CassettePlayer.builder().directory(directory).build();
    }

    /** Runs it on the directory that is named. */
    public static void main(String[] args) {
        Path directory = Path.of(args[0]);
        if (!Files.exists(directory)) {
            write(directory);
            return;
        }
        System.out.printf(
                "%d files, at most %d MB of heap%n", FILES, Runtime.getRuntime().maxMemory() >> 20);
        LargeDirectory large = new LargeDirectory(directory);
        large.show("before", new Took(0, 0));
        large.show("first named call", large.ask(FILES / 2, CallTags.none().withCassette(name(FILES / 2))));
        large.show("first search", large.ask(FILES - 1, CallTags.none()));
        large.show("second search, of a file that is loaded", large.ask(FILES - 1, CallTags.none()));
        large.show("third search, of a file that is not", large.ask(0, CallTags.none()));
        for (int i = 0; i < FILES; i++) {
            large.ask(i, CallTags.none());
        }
        large.show("after one search for every file", new Took(0, 0));
    }

    private static void write(Path directory) {
        Cassettes cassettes = Cassettes.at(directory);
        for (int i = 0; i < FILES; i++) {
            cassettes.save(CassetteSamples.chats(name(i), i * CHATS_EACH, (i + 1) * CHATS_EACH));
        }
    }

    private static String name(int file) {
        return "group-" + file % 20 + "/chats-" + file;
    }

    /** Asks for the last chat of a file. */
    private Took ask(int file, CallTags tags) {
        byte[] body = CassetteSamples.request((file + 1) * CHATS_EACH - 1).getBytes(StandardCharsets.UTF_8);
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long before = time.nanos();
        WireRequest request = new WireRequest(
                "call-1",
                1,
                "POST",
                "https",
                "api.openai.com",
                "/v1/chat/completions",
                "",
                "/v1/chat/completions",
                WireHeaders.empty(),
                tags,
                body,
                before);
        try (Frames frames = ((WireReply) player.answer(request)).frames()) {
            while (!(frames.next() instanceof Frame.End)) {}
        }
        return new Took(time.nanos() - before, THREADS.getCurrentThreadCpuTime() - cpuBefore);
    }

    private void show(String what, Took took) {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        System.out.printf(
                "%-45s %10.3f ms, %10.3f ms of a processor, %6d MB of heap%n",
                what, took.nanos / 1e6, took.cpuNanos / 1e6, used >> 20);
    }

    private record Took(long nanos, long cpuNanos) {}
}
