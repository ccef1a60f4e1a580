package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Mode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CassetteSettingsTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory);
    }

    @Test
    void with_nothing_set_cassettes_lie_below_the_working_directory_and_everything_is_strict() {
        GatewayConfig config = desk.set("mode", "replay").read();

        assertThat(config.cassettes()).isEqualTo(CassetteConfig.in(below("cassettes")));
        assertThat(config.recordsMissing()).isFalse();
        assertThat(config.reachesUpstream()).isFalse();
    }

    @Test
    void every_setting_is_read_and_none_is_called_dormant() {
        desk.file(
                "openai:",
                "  mode: replay",
                "  cassettes:",
                "    directory: tapes",
                "    name: chat/basic",
                "    record_missing: true",
                "    record_in_ci: true",
                "    expires_after: 90 days",
                "    on_expired: warn",
                "    repeats: queue",
                "    exhausted: refuse",
                "    timing: recorded*0.25",
                "    attempts: all",
                "    match:",
                "      headers: [X-Tenant]",
                "      azure_as_openai: true",
                "      body:",
                "        - { at: /user, same: ignore }",
                "        - { at: /messages/*/id, same: regex, regex: 'msg_[0-9]+' }",
                "        - { at: /temperature, same: number, tolerance: 0.01 }",
                "    scrub: { headers: [X-Trace], pii: [email, phone], names: [Anna] }");

        GatewayConfig config = desk.read();

        assertThat(config.cassettes())
                .isEqualTo(new CassetteConfig(
                        below("tapes"),
                        Optional.of("chat/basic"),
                        true,
                        true,
                        Optional.of(Duration.ofDays(90)),
                        CassetteConfig.OnExpired.WARN,
                        CassetteConfig.Repeats.QUEUE,
                        CassetteConfig.Exhausted.REFUSE,
                        "recorded*0.25",
                        CassetteConfig.Attempts.ALL,
                        new CassetteConfig.Match(
                                List.of("X-Tenant"),
                                true,
                                List.of(
                                        rule("/user", CassetteConfig.Same.IGNORE),
                                        new CassetteConfig.BodyRule(
                                                "/messages/*/id",
                                                CassetteConfig.Same.REGEX,
                                                Optional.of("msg_[0-9]+"),
                                                OptionalDouble.empty()),
                                        new CassetteConfig.BodyRule(
                                                "/temperature",
                                                CassetteConfig.Same.NUMBER,
                                                Optional.empty(),
                                                OptionalDouble.of(0.01)))),
                        new CassetteConfig.Scrub(
                                List.of("X-Trace"),
                                Set.of(CassetteConfig.Pii.EMAIL, CassetteConfig.Pii.PHONE),
                                List.of("Anna"))));
        assertThat(config.recordsMissing()).isTrue();
        assertThat(config.reachesUpstream()).isTrue();
        assertThat(config.notices()).noneMatch(notice -> notice.contains("without effect in this version"));
    }

    private static CassetteConfig.BodyRule rule(String at, CassetteConfig.Same same) {
        return new CassetteConfig.BodyRule(at, same, Optional.empty(), OptionalDouble.empty());
    }

    @Test
    void a_relative_directory_starts_at_the_file_that_names_it() {
        desk.file(
                        "conf/gateway.yaml",
                        "openai: { cassettes: { directory: ../tapes } }".getBytes(StandardCharsets.UTF_8))
                .set("config", directory.resolve("conf/gateway.yaml").toString());

        assertThat(desk.read().cassettes().directory()).isEqualTo(below("tapes"));
    }

    @ParameterizedTest
    @CsvSource({
        "classpath:cassettes, classpath:cassettes",
        "classpath:/cassettes/, classpath:cassettes",
        "classpath:, classpath:"
    })
    void a_directory_of_the_class_path_stays_one(String written, String read) {
        desk.set("openai.cassettes.directory", written);

        assertThat(desk.read().cassettes().directory()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"instant", "compat", "recorded", "recorded*2", "recorded*.5", "recorded*0.125"})
    void a_timing_is_one_of_these(String timing) {
        assertThat(desk.set("openai.cassettes.timing", timing)
                        .read()
                        .cassettes()
                        .timing())
                .isEqualTo(timing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "directory: [a] | directory (gateway.yaml:1): is a list; write text",
                "name: ../escape | name (gateway.yaml:1): \"../escape\" is not the name of a cassette; write letters, digits, . _ - and, between folders, / and begin every part with a letter or digit",
                "name: '' | name (gateway.yaml:1): is empty; write text or remove it",
                "name: a//b | name (gateway.yaml:1): \"a//b\" is not the name of a cassette; write letters, digits, . _ - and, between folders, / and begin every part with a letter or digit",
                "record_missing: perhaps | record_missing (gateway.yaml:1): \"perhaps\" is not a yes or no; write true or false",
                "record_in_ci: 1 | record_in_ci (gateway.yaml:1): \"1\" is not a yes or no; write true or false",
                "expires_after: soon | expires_after (gateway.yaml:1): \"soon\" is not a time; write a time such as 250ms, 2s, 5m, 12h or 7 days",
                "on_expired: ignore | on_expired (gateway.yaml:1): \"ignore\" is not one of refuse, warn",
                "repeats: twice | repeats (gateway.yaml:1): \"twice\" is not one of first, queue",
                "exhausted: first | exhausted (gateway.yaml:1): \"first\" is not one of last, refuse; did you mean \"last\"?",
                "timing: fast | timing (gateway.yaml:1): \"fast\" is not a timing; write instant, compat, recorded or recorded*FACTOR, such as recorded*0.1",
                "timing: recorded* | timing (gateway.yaml:1): \"recorded*\" is not a timing; write instant, compat, recorded or recorded*FACTOR, such as recorded*0.1",
                "timing: recorded*-1 | timing (gateway.yaml:1): \"recorded*-1\" is not a timing; write instant, compat, recorded or recorded*FACTOR, such as recorded*0.1",
                "attempts: none | attempts (gateway.yaml:1): \"none\" is not one of delivered, all",
                "match: exact | match (gateway.yaml:1): is a single value; a section with the keys headers, azure_as_openai, body belongs here",
                "match: { header: [a] } | match.header (gateway.yaml:1): is not a known key; did you mean \"headers\"?",
                "match: { headers: [\"a b\"] } | match.headers[0] (gateway.yaml:1): \"a b\" is not a plain word; write a word of visible ASCII characters",
                "match: { azure_as_openai: maybe } | match.azure_as_openai (gateway.yaml:1): \"maybe\" is not a yes or no; write true or false",
                "match: { body: [ { same: ignore } ] } | match.body[0] (gateway.yaml:1): has no at; write a JSON pointer such as /messages/0/content",
                "match: { body: [ { at: /a } ] } | match.body[0] (gateway.yaml:1): has no same; write ignore, regex, uuid, timestamp or number",
                "match: { body: [ { at: a, same: ignore } ] } | match.body[0].at (gateway.yaml:1): \"a\" is not a JSON pointer; write one such as /messages/0/content or /metadata/*",
                "match: { body: [ { at: /a, same: equal } ] } | match.body[0].same (gateway.yaml:1): \"equal\" is not one of ignore, regex, uuid, timestamp, number",
                "match: { body: [ { at: /a, same: regex } ] } | match.body[0] (gateway.yaml:1): has no regex; same: regex needs the expression",
                "match: { body: [ { at: /a, same: regex, regex: '(' } ] } | match.body[0].regex (gateway.yaml:1): \"(\" is not a regular expression: Unclosed group at 1",
                "match: { body: [ { at: /a, same: number } ] } | match.body[0] (gateway.yaml:1): has no tolerance; same: number needs how far two numbers may be apart",
                "match: { body: [ { at: /a, same: number, tolerance: -1 } ] } | match.body[0].tolerance (gateway.yaml:1): \"-1\" is not a number; write a number such as 20 or 0.95",
                "scrub: { pii: [face] } | scrub.pii[0] (gateway.yaml:1): \"face\" is not one of email, phone",
                "scrub: { headers: [''] } | scrub.headers[0] (gateway.yaml:1): is empty; write a word of visible ASCII characters or remove it",
                "retention: 1 | retention (gateway.yaml:1): is not a known key; known here: directory, name, record_missing, record_in_ci, expires_after, on_expired, repeats, exhausted, timing, attempts, match, scrub"
            })
    void a_value_that_makes_no_sense_is_explained(String line, String problem) {
        desk.file("openai: { cassettes: { " + line + " } }");

        assertThat(desk.problems()).containsExactly("openai.cassettes." + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "yes", ""})
    void mode_record_is_refused_on_a_ci_server(String ci) {
        desk.set("mode", "record").variable("CI", ci).variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000");

        assertThat(desk.problems())
                .containsExactly("mode (builder): mode record is refused where the variable CI is set; record elsewhere"
                        + " and replay here, or set openai.cassettes.record_in_ci: true");

        desk.set("openai.cassettes.record_in_ci", "true");

        assertThat(desk.read().mode()).isEqualTo(Mode.RECORD);
    }

    @Test
    void a_variable_ci_that_says_false_is_no_ci_server() {
        desk.set("mode", "record").variable("CI", "False").variable("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000");

        assertThat(desk.read().mode()).isEqualTo(Mode.RECORD);
    }

    @Test
    void on_a_ci_server_nothing_that_is_missing_is_recorded_and_a_notice_says_so() {
        desk.set("mode", "replay")
                .set("openai.cassettes.record_missing", "true")
                .variable("CI", "true")
                .variable("OPENAI_API_KEY", "sk-test-blue-0000");

        GatewayConfig there = desk.read();

        assertThat(there.recordsMissing()).isFalse();
        assertThat(there.reachesUpstream()).isFalse();
        assertThat(there.keys()).isEmpty();
        assertThat(there.notices())
                .containsExactly("Nothing is recorded, since the variable CI is set; openai.cassettes.record_missing"
                        + " has no effect.");

        GatewayConfig told = desk.set("openai.cassettes.record_in_ci", "true").read();

        assertThat(told.recordsMissing()).isTrue();
        assertThat(told.keys()).hasSize(1);
    }

    @Test
    void single_values_can_be_set_everywhere_and_lists_in_a_file_only() {
        desk.property("gateway.openai.cassettes.match.azure_as_openai", "true")
                .variable("GATEWAY_OPENAI_CASSETTES_REPEATS", "queue")
                .set("openai.cassettes.name", "chat-basic");

        CassetteConfig cassettes = desk.read().cassettes();

        assertThat(cassettes.match().azureAsOpenAi()).isTrue();
        assertThat(cassettes.repeats()).isEqualTo(CassetteConfig.Repeats.QUEUE);
        assertThat(cassettes.name()).contains("chat-basic");
        assertThat(desk.set("openai.cassettes.match.headers", "X-Tenant").problems())
                .containsExactly("openai.cassettes.match.headers (builder): holds more than one value and can only be"
                        + " set in a file");
    }

    private String below(String name) {
        return directory.toAbsolutePath().resolve(name).normalize().toString();
    }
}
