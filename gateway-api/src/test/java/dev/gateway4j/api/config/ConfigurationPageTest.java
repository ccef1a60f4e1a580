package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about configuration is true. */
class ConfigurationPageTest {
    private static final Path PAGE = Path.of("../docs/configuration.md");
    private static final Pattern TABLE = Pattern.compile("(?s)(<!-- table: [^\n]*-->\n)(.*?)(<!-- end of table -->\n)");
    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");
    private static final Pattern PROFILE =
            Pattern.compile("(?m)^\\| `(\\w+)` \\| (\\w+) \\| (\\w+) \\| (detailed|user_friendly) \\|.*$");

    @TempDir
    private Path directory;

    @Test
    void the_table_lists_every_key() throws IOException {
        String page = Files.readString(PAGE);
        Matcher matcher = TABLE.matcher(page);
        assertThat(matcher.find()).isTrue();
        String expected = SettingsTable.markdown();

        if (Boolean.getBoolean("golden.update")) {
            String updated = page.substring(0, matcher.end(1)) + expected + page.substring(matcher.start(3));
            Files.writeString(PAGE, updated);
            page = updated;
        }

        assertThat(page)
                .as("run again with -Dgolden.update=true to rewrite the table")
                .contains(matcher.group(1) + expected + matcher.group(3));
    }

    @Test
    void the_examples_load_without_a_problem_in_every_environment_they_name() throws IOException {
        List<String> examples = new ArrayList<>();
        Matcher matcher = YAML.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        Desk desk = new Desk(directory)
                .directory("sandbox/chat-templates")
                .file("secrets/green.key", "sk-test-green-0000".getBytes(StandardCharsets.UTF_8))
                .variable("OPENAI_API_KEY_STAGING", "sk-test-blue-0000");

        GatewayConfig sandbox = desk.file(examples.get(0)).read();
        List<GatewayConfig> several = new ArrayList<>();
        for (String environment : List.of("development", "staging", "load-test")) {
            several.add(
                    desk.file(examples.get(1)).set("environment", environment).read());
        }

        assertThat(examples).hasSize(2);
        assertThat(sandbox.environment()).isEqualTo("development");
        assertThat(several).allSatisfy(config -> {
            assertThat(config.seed()).isEqualTo(42);
            assertThat(config.maxBodyBytes()).isEqualTo(16L << 20);
            assertThat(config.notices()).isEmpty();
        });
    }

    @Test
    void the_table_of_profiles_is_what_the_profiles_say() throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher matcher = PROFILE.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            rows.add(String.join(" ", matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)));
        }
        List<String> profiles = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            profiles.add(String.join(
                    " ",
                    profile.id(),
                    profile.mode().id(),
                    Values.normal(profile.logging().name()),
                    Values.normal(profile.errors().name())));
        }

        assertThat(rows).isEqualTo(profiles);
    }
}
