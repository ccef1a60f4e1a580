package dev.gateway4j.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is compiled and run here. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..");

    @TempDir
    Path directory;

    @Test
    void the_ten_lines_compile_and_print_a_simulated_answer() throws Exception {
        String program = "import dev.gateway4j.okhttp.Gateway;\nimport okhttp3.*;\n"
                + "public class Readme { public static void main(String[] args) throws Exception {\n"
                + block("java") + "\n} }\n";
        Path source = Files.writeString(directory.resolve("Readme.java"), program);

        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
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
        assertThat(compiled).as(errors.toString(UTF_8)).isZero();

        assertThat(run("Readme")).contains("\"object\": \"chat.completion\"");
    }

    private String run(String main) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
            System.setOut(new PrintStream(printed, true, UTF_8));
            loader.loadClass(main).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(before);
        }
        return printed.toString(UTF_8);
    }

    @Test
    void the_dependency_has_the_version_of_this_build() throws Exception {
        String bom = Files.readString(ROOT.resolve("gateway-bom").resolve("pom.xml"));
        Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(bom);

        assertThat(version.find()).isTrue();
        assertThat(block("xml"))
                .contains("<artifactId>gateway-starter</artifactId>", "<version>" + version.group(1) + "</version>");
    }

    @Test
    void every_file_the_readme_links_to_is_there() throws Exception {
        Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
        List<String> targets = links.results().map(link -> link.group(1)).toList();

        assertThat(targets).hasSizeGreaterThan(8).allSatisfy(target -> assertThat(ROOT.resolve(target))
                .exists());
    }

    private static String block(String language) throws Exception {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(readme());
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static String readme() throws Exception {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
