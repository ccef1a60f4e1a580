package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys are chosen, and when and for what they may be. The clock stands at 2026-01-01T00:00:00Z. */
class KeySettingsTest {
    @TempDir
    Path directory;

    private Desk desk = new Desk(Path.of(""));

    @BeforeEach
    void setUp() {
        desk = new Desk(directory).set("environment", "staging").variable("K", "sk-test-keysettings-0000");
    }

    private Desk keys(String... settings) {
        List<String> lines = new ArrayList<>(List.of("openai:", "  credentials:", "    keys:"));
        for (int i = 0; i < settings.length; i++) {
            lines.add("      - { name: k" + i + ", api_key: \"${K}\", " + settings[i] + " }");
        }
        return desk.file(lines.toArray(String[]::new));
    }

    @Test
    void a_key_is_for_some_models_and_not_for_others() {
        keys("deny_models: [ \"gpt-4o*\" ]", "models: []", "models: [ \"gpt*\" ], deny_models: [ gpt-5 ]", "models:");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys)
                .extracting(UpstreamKey::models)
                .containsExactly(List.of("*"), List.of(), List.of("gpt*"), List.of());
        assertThat(keys)
                .extracting(UpstreamKey::deniedModels)
                .containsExactly(List.of("gpt-4o*"), List.of(), List.of("gpt-5"), List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-01, 2026-12-01T00:00:00Z",
        "2026-12-01T10:00:00Z, 2026-12-01T10:00:00Z",
        "2026-12-01T10:00:00.5+02:00, 2026-12-01T08:00:00.500Z",
        "2028-02-29, 2028-02-29T00:00:00Z",
    })
    void times_are_instants_or_dates_in_utc(String written, Instant meant) {
        keys("valid_from: " + written, "valid_until: \"" + written + "\"");

        List<UpstreamKey> keys = desk.read().keys();

        assertThat(keys.get(0).validFrom()).contains(meant);
        assertThat(keys.get(0).validUntil()).isEmpty();
        assertThat(keys.get(1).validUntil()).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomorrow",
                "2026-13-01",
                "2026-02-29",
                "2026-12-01T10:00:00",
                "01.12.2026",
                "1764547200",
                "2026-12"
            })
    void other_times_are_refused(String written) {
        keys("valid_from: \"" + written + "\"");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("openai.credentials.keys[0].valid_from (gateway.yaml:4): \"" + written
                        + "\" is not a time; write a time such as 2026-12-01T00:00:00Z, or a date, which begins in"
                        + " UTC");
    }

    @Test
    void a_key_ends_after_it_begins() {
        keys("valid_from: 2026-12-02, valid_until: 2026-12-01", "valid_from: 2026-12-02, valid_until: 2026-12-02");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "openai.credentials.keys[0].valid_until (gateway.yaml:4): is not after valid_from, so the key"
                                + " would never be valid; write a later time",
                        "openai.credentials.keys[1].valid_until (gateway.yaml:5): is not after valid_from, so the key"
                                + " would never be valid; write a later time");
    }

    @Test
    void a_gap_in_the_validity_of_all_keys_is_noticed() {
        List<String> overlap = keys(
                        "valid_until: 2026-02-01",
                        "valid_from: 2026-01-31, valid_until: 2026-06-01",
                        "valid_from: 2026-06-01")
                .read()
                .notices();
        List<String> gap =
                keys("valid_until: 2026-02-01", "valid_from: 2026-03-01").read().notices();
        List<String> end = keys("valid_until: 2026-02-01", "valid_until: 2026-02-03")
                .read()
                .notices();
        List<String> early = keys("valid_from: 2026-02-01").read().notices();
        List<String> late = keys("valid_until: 2025-12-31").read().notices();

        String rest = "; calls to it are refused. Add a key, or change valid_from or valid_until.";
        assertThat(overlap).isEmpty();
        assertThat(gap)
                .containsExactly("No key of upstream openai is valid from 2026-02-01T00:00:00Z on, until k1 begins at"
                        + " 2026-03-01T00:00:00Z" + rest);
        assertThat(end).containsExactly("No key of upstream openai is valid from 2026-02-03T00:00:00Z on" + rest);
        assertThat(early)
                .containsExactly(
                        "No key of upstream openai is valid now, until k0 begins at 2026-02-01T00:00:00Z" + rest);
        assertThat(late).containsExactly("No key of upstream openai is valid now" + rest);
    }

    @Test
    void every_upstream_has_its_own_gaps() {
        desk.set("upstreams.local.base_url", "http://localhost:1/v1");
        keys("valid_until: 2026-02-01", "valid_from: 2026-01-01, upstream: local");

        List<String> notices = desk.read().notices();

        assertThat(notices).singleElement().asString().startsWith("No key of upstream openai is valid from");
    }

    @Test
    void the_choice_and_the_rest_of_keys_are_settings() {
        desk.property("gateway.openai.credentials.selection", "least-loaded")
                .variable("GATEWAY_OPENAI_CREDENTIALS_QUARANTINE", "5s")
                .set("openai.credentials.quota_pause", "1h")
                .variable("OPENAI_API_KEY_STAGING", "sk-test-keysettings-0000");

        KeyConfig config = desk.read().keyConfig();

        assertThat(config)
                .isEqualTo(new KeyConfig(
                        KeyConfig.Selection.LEAST_LOADED,
                        Duration.ofSeconds(5),
                        Duration.ofHours(1),
                        KeyFiles.none(),
                        ForbiddenKeys.none()));
    }

    @ParameterizedTest
    @CsvSource({
        "selection, fastest, '\"fastest\" is not one of weighted, least_loaded, sticky'",
        "selection, stcky, '\"stcky\" is not one of weighted, least_loaded, sticky; did you mean \"sticky\"?'",
        "quarantine, 0s, '\"0s\" is no time for a key to rest; write more than 0s and at most 1d'",
        "quarantine, 25h, '\"25h\" is no time for a key to rest; write more than 0s and at most 1d'",
        "quota_pause, 32d, '\"32d\" is no time for a key to rest; write more than 0s and at most 31d'",
        "quota_pause, -1s, '\"-1s\" is not a time; write a time such as 250ms, 2s, 5m, 12h or 7 days'",
        "file_permissions, 'off', '\"off\" is not one of checked, unchecked'",
    })
    void other_values_are_refused(String name, String value, String problem) {
        desk.file("openai: { credentials: { api_key: \"${K}\", " + name + ": \"" + value + "\" } }");

        List<String> problems = desk.problems();

        assertThat(problems).containsExactly("openai.credentials." + name + " (gateway.yaml:1): " + problem);
    }

    @Test
    void settings_of_one_key_do_not_stand_beside_the_list() {
        desk.file("openai: { credentials: { api_key: \"${K}\", valid_until: 2026-02-01 } }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("openai.credentials.valid_until (gateway.yaml:1): is not a known key");
    }
}
