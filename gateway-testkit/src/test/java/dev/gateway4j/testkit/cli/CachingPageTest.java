package dev.gateway4j.testkit.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.cache.CachePolicy;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.SemanticConfig;
import dev.gateway4j.api.spi.CacheStore;
import dev.gateway4j.api.spi.Embedder;
import dev.gateway4j.okhttp.Gateway;
import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the page about caching shows is loaded, compiled and run here, and its tables are held against the code. */
@Timeout(60)
class CachingPageTest {
    private static final Path PAGE = Path.of("../docs/caching.md");
    private static final Path ROOMS =
            Path.of("../gateway-okhttp-interceptor/src/main/java/dev/gateway4j/okhttp/internal/cache");
    private static final Map<String, String> VARIABLES =
            Map.of("OPENAI_API_KEY_STAGING", "sk-test-caching-page-staging-0000");
    private static final String IMPORTS = """
            import dev.gateway4j.api.cache.*;
            import dev.gateway4j.api.call.*;
            import dev.gateway4j.api.config.GatewayConfig;
            import dev.gateway4j.api.spi.*;
            import dev.gateway4j.okhttp.Gateway;
            import okhttp3.*;
            """;

    @TempDir
    Path directory;

    @Test
    void the_settings_of_the_page_load() throws Exception {
        List<String> blocks = fenced("yaml");
        assertThat(blocks).hasSize(3);

        CacheConfig first = read(blocks.get(0)).cache();
        CacheConfig stale = read(blocks.get(1)).cache();
        SemanticConfig semantic = read(blocks.get(2)).cache().semantic().orElseThrow();

        assertThat(first.enabled()).isTrue();
        assertThat(first.ttl()).isEqualTo(Duration.ofMinutes(10));
        assertThat(first.rules()).hasSize(2);
        assertThat(first.rules().get(0).ttl()).contains(Duration.ofDays(7));
        assertThat(first.rules().get(1).cached()).isFalse();
        assertThat(stale.staleWhileRevalidate()).isEqualTo(Duration.ofMinutes(5));
        assertThat(stale.staleWhileError()).isEqualTo(Duration.ofHours(2));
        assertThat(semantic.mode()).isEqualTo(SemanticConfig.Mode.SHADOW);
        assertThat(semantic.sample()).isEqualTo(1);
    }

    @Test
    void the_programs_of_the_page_compile_and_run() throws Exception {
        List<String> blocks = fenced("java");
        assertThat(blocks).hasSize(5);
        Class<?> page = compiled("public static void explain(Gateway gateway) {\n" + blocks.get(0) + "}\n"
                + "public static Request request(RequestBody body) {\n" + blocks.get(1) + "return request; }\n"
                + "public static Gateway similar(GatewayConfig config, Embedder embedder) {\n" + blocks.get(2)
                + "return gateway; }\n"
                + "public static Gateway stored(GatewayConfig config, CacheStore store) {\n" + blocks.get(3)
                + "return gateway; }\n"
                + "public static void view(Gateway gateway) {\n" + blocks.get(4) + "}\n");
        GatewayConfig config = read(fenced("yaml").get(0));
        Embedder embedder = text -> new float[] {1};

        try (Gateway stored = (Gateway) page.getMethod("stored", GatewayConfig.class, CacheStore.class)
                        .invoke(null, config, new Nothing());
                Gateway similar = (Gateway) page.getMethod("similar", GatewayConfig.class, Embedder.class)
                        .invoke(null, read(fenced("yaml").get(2)), embedder)) {
            page.getMethod("explain", Gateway.class).invoke(null, stored);
            page.getMethod("view", Gateway.class).invoke(null, similar);
            Request request = (Request)
                    page.getMethod("request", RequestBody.class).invoke(null, RequestBody.create(new byte[0]));

            CallTags tags = request.tag(CallTags.class);
            assertThat(tags).isNotNull();
            assertThat(CachePolicy.parse(tags.cache().orElseThrow()).namespace())
                    .contains("glossary");
        }
    }

    @Test
    void every_directive_of_the_page_is_one() throws Exception {
        List<String> directives = firstColumn("## What one call may ask for");

        assertThat(directives).hasSize(9).allSatisfy(directive -> assertThat(
                        CachePolicy.parse(directive).text())
                .isNotEmpty());
        assertThat(CachePolicy.parse("ttl=60, namespace=glossary").ttl()).contains(Duration.ofMinutes(1));
    }

    @Test
    void every_reason_not_to_keep_an_answer_is_on_the_page() throws Exception {
        List<String> listed = firstColumn("**Answers.**");

        assertThat(listed).containsAll(quoted("shape/NotKept.java", " = \"([a-z0-9 ]+)\";"));
        assertThat(listed).containsAll(quoted("Errand.java", "notKept\\(\"([a-z ]+)\"\\)"));
    }

    @Test
    void every_reason_to_pass_the_cache_by_is_on_the_page() throws Exception {
        List<String> listed = firstColumn("**Questions.**");

        assertThat(listed).containsAll(quoted("key/Cacheability.java", "Optional\\.of\\(\"([a-z ]+)\"\\)"));
        assertThat(listed).containsAll(quoted("key/Partition.java", "none\\(\"([a-z ]+)\"\\)"));
        assertThat(listed).containsAll(quoted("key/Identities.java", "(?:bypassed|Optional\\.of)\\(\"([a-z -]+)\""));
        assertThat(listed).containsAll(quoted("CacheInterceptor.java", "(?:bypass|Bypassed)\\(\"([a-z ]+)\""));
    }

    /** What the code says in quotes at the places that the pattern finds. */
    private static List<String> quoted(String file, String pattern) throws Exception {
        List<String> found = matches(Files.readString(ROOMS.resolve(file)), pattern);
        assertThat(found).as(file).isNotEmpty();
        return found;
    }

    /** What stands in code font in the first column of the table after these words. */
    private static List<String> firstColumn(String words) throws Exception {
        String page = Files.readString(PAGE);
        String after = page.substring(page.indexOf(words));
        String table = after.substring(after.indexOf("\n|"));
        return table.substring(0, table.indexOf("\n\n", 1))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(line -> Stream.of(line.split(" \\| ", -1)[0]))
                .flatMap(cell -> matches(cell, "`([^`]+)`").stream())
                .toList();
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<String> fenced(String language) throws Exception {
        return matches(Files.readString(PAGE), "```" + language + "\n(.*?)```");
    }

    private GatewayConfig read(String yaml) throws Exception {
        return GatewayConfig.reader()
                .properties(Map.of("gateway.environment", "staging"))
                .variables(VARIABLES)
                .file(Files.writeString(directory.resolve("gateway.yaml"), yaml))
                .read();
    }

    private Class<?> compiled(String methods) throws Exception {
        Path source = Files.writeString(
                directory.resolve("CachingPage.java"), IMPORTS + "public class CachingPage {\n" + methods + "}\n");
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        errors,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        directory.toString(),
                        source.toString());
        assertThat(exit).as(errors.toString(UTF_8)).isZero();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> loaded = loader.loadClass("CachingPage");
            assertThat(loaded.getDeclaredMethods()).isNotEmpty();
            return loaded;
        }
    }

    /** A store that keeps nothing. */
    private static final class Nothing implements CacheStore {
        @Override
        public Optional<byte[]> get(CacheKey key) {
            return Optional.empty();
        }

        @Override
        public void put(CacheEntryInfo info, byte[] entry) {}

        @Override
        public void invalidate(CacheKey key) {}

        @Override
        public void invalidateIf(Predicate<CacheEntryInfo> condition) {}
    }
}
