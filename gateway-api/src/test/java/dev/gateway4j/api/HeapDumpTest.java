package dev.gateway4j.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.config.GatewayConfig;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dump of the heap of an idle process shows of its keys. The test itself knows the values only combined with other bits. */
class HeapDumpTest {
    private static final int OTHER_BITS = 0x5a;
    private static final int BLOCK = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void a_key_out_of_a_file_stands_nowhere_in_the_heap() throws Exception {
        byte[] hidden = randomKey(1);
        byte[] control = randomKey(2);
        GatewayConfig config = configured(hidden);
        String held = shown(control);
        Path dump = directory.resolve("heap.hprof");

        try {
            dumpHeap(dump);
        } finally {
            Reference.reachabilityFence(held);
            Reference.reachabilityFence(config);
        }

        assertThat(config.keys()).hasSize(1);
        assertThat(copies(dump, hidden, 1)).as("bytes").isZero();
        assertThat(copies(dump, hidden, 2)).as("characters").isZero();
        assertThat(copies(dump, base64(hidden), 1)).as("base64").isZero();
        assertThat(copies(dump, control, 1)).as("a string somebody holds").isPositive();
    }

    /** By reflection, since the module of the API does not read that of the diagnostics. */
    private static void dumpHeap(Path dump) throws ReflectiveOperationException {
        Class<?> diagnostics = Class.forName("com.sun.management.HotSpotDiagnosticMXBean");
        Object bean = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getPlatformMXBean", Class.class)
                .invoke(null, diagnostics);
        diagnostics.getMethod("dumpHeap", String.class, boolean.class).invoke(bean, dump.toString(), true);
    }

    private GatewayConfig configured(byte[] hidden) throws IOException {
        Path key = directory.resolve("key");
        Files.writeString(key, shown(hidden));
        key.toFile().setReadable(false, false);
        key.toFile().setReadable(true, true);
        key.toFile().setWritable(true, true);
        Path settings = Files.writeString(directory.resolve("gateway.yaml"), """
                environments:
                  staging:
                    openai:
                      mode: passthrough
                      credentials: { api_key: "file:key" }
                """);
        return GatewayConfig.reader()
                .file(settings)
                .set("environment", "staging")
                .read();
    }

    /** Another one in every run, combined with other bits. */
    private static byte[] randomKey(int which) {
        Random random = new Random(System.identityHashCode(new Object()) + 31L * which);
        byte[] key = new byte[40];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (('a' + random.nextInt(26)) ^ OTHER_BITS);
        }
        return key;
    }

    private static String shown(byte[] hidden) {
        byte[] plain = new byte[hidden.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (hidden[i] ^ OTHER_BITS);
        }
        return new String(plain, StandardCharsets.US_ASCII);
    }

    private static byte[] base64(byte[] hidden) {
        byte[] encoded =
                Base64.getEncoder().withoutPadding().encode(shown(hidden).getBytes(StandardCharsets.US_ASCII));
        byte[] found = new byte[encoded.length - 1];
        for (int i = 0; i < found.length; i++) {
            found[i] = (byte) (encoded[i] ^ OTHER_BITS);
        }
        return found;
    }

    /** How often a value stands in a file, with this many bytes to a character. */
    private static int copies(Path file, byte[] hidden, int step) throws IOException {
        int copies = 0;
        int overlap = hidden.length * step - 1;
        byte[] block = new byte[BLOCK + overlap];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            int length = kept + in.readNBytes(block, kept, block.length - kept);
            while (length > overlap) {
                for (int at = 0; at + overlap < length; at++) {
                    copies += standsAt(block, at, hidden, step) ? 1 : 0;
                }
                System.arraycopy(block, length - overlap, block, 0, overlap);
                kept = overlap;
                length = kept + in.readNBytes(block, kept, block.length - kept);
            }
        }
        return copies;
    }

    private static boolean standsAt(byte[] block, int at, byte[] hidden, int step) {
        for (int i = 0; i < hidden.length; i++) {
            if ((block[at + i * step] ^ OTHER_BITS) != hidden[i]) {
                return false;
            }
        }
        return true;
    }
}
