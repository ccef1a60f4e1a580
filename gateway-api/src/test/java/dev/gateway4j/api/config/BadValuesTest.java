package dev.gateway4j.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BadValuesTest {
    @TempDir
    private Path directory;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        "openai: { moode: simulated }",
                        "openai.moode (gateway.yaml:1): is not a known key; did you mean \"mode\"?"),
                Arguments.of(
                        "openai: { api_base: x }",
                        "openai.api_base (gateway.yaml:1): is not a known key; known here: mode, default_response,"
                                + " simulated_responses, credentials, models, cassettes, latency, seed"),
                Arguments.of(
                        "enviroments: {}",
                        "enviroments (gateway.yaml:1): is not a known key; did you mean \"environments\"?"),
                Arguments.of(
                        "openai: { mode: simulate }",
                        "openai.mode (gateway.yaml:1): \"simulate\" is not one of simulated, passthrough, hybrid,"
                                + " replay, record; did you mean \"simulated\"?"),
                Arguments.of(
                        "openai: { mode: live }",
                        "openai.mode (gateway.yaml:1): \"live\" is not one of simulated, passthrough, hybrid, replay,"
                                + " record"),
                Arguments.of(
                        "openai: { mode: }",
                        "openai.mode (gateway.yaml:1): is empty; write one of simulated, passthrough, hybrid, replay,"
                                + " record or remove it"),
                Arguments.of(
                        "openai: { latency: \" \" }",
                        "openai.latency (gateway.yaml:1): is empty; write text or remove it"),
                Arguments.of(
                        "openai: { mode: [simulated] }",
                        "openai.mode (gateway.yaml:1): is a list; write one of simulated, passthrough, hybrid, replay,"
                                + " record"),
                Arguments.of(
                        "openai: { seed: { a: 1 } }",
                        "openai.seed (gateway.yaml:1): is a section; write a whole number such as 42"),
                Arguments.of(
                        "openai: { seed: 1.5 }",
                        "openai.seed (gateway.yaml:1): \"1.5\" is not a whole number; write a whole number such as"
                                + " 42"),
                Arguments.of(
                        "gateway: verbose",
                        "gateway (gateway.yaml:1): is a single value; a section with the keys max_body_bytes,"
                                + " max_json_depth, errors, monitoring, rate_limits, cache, routes, retry, validation,"
                                + " budget belongs here"),
                Arguments.of(
                        "upstreams: [openai]",
                        "upstreams (gateway.yaml:1): is a list; a section with the names of your choice belongs here"),
                Arguments.of(
                        "openai: { simulated_responses: generated }",
                        "openai.simulated_responses (gateway.yaml:1): is a single value; a list belongs here"),
                Arguments.of(
                        "gateway: { max_body_bytes: lots }",
                        "gateway.max_body_bytes (gateway.yaml:1): \"lots\" is not a size; write a size such as 65536,"
                                + " 64KB, 32MB or 1GB"),
                Arguments.of(
                        "gateway: { max_body_bytes: 0 }",
                        "gateway.max_body_bytes (gateway.yaml:1): \"0\" is not a size; write a size such as 65536,"
                                + " 64KB, 32MB or 1GB"),
                Arguments.of(
                        "gateway: { max_json_depth: -1 }",
                        "gateway.max_json_depth (gateway.yaml:1): \"-1\" is not a count; write a whole number from 1 to"
                                + " 2147483647"),
                Arguments.of(
                        "environments: { staging: { allow_stand_in: on } }",
                        "environments.staging.allow_stand_in (gateway.yaml:1): \"on\" is not a yes or no; write true or"
                                + " false"),
                Arguments.of(
                        "environments: { \"my env\": {} }",
                        "environments.my env (gateway.yaml:1): is not a usable name; write letters, digits, - and _"
                                + " only"),
                Arguments.of(
                        "environment: prod",
                        "environment (gateway.yaml:1): \"prod\" is not an environment; known are development,"
                                + " production, staging, testing"),
                Arguments.of(
                        "environment: stagin",
                        "environment (gateway.yaml:1): \"stagin\" is not an environment; known are development,"
                                + " production, staging, testing; did you mean \"staging\"?"),
                Arguments.of(
                        "gateway: { rate_limits: { max_wait: soon } }",
                        "gateway.rate_limits.max_wait (gateway.yaml:1): \"soon\" is not a time; write a time such as"
                                + " 250ms, 2s, 5m, 12h or 7 days"),
                Arguments.of(
                        "gateway: { rate_limits: { tokens_per_day: many } }",
                        "gateway.rate_limits.tokens_per_day (gateway.yaml:1): \"many\" is not a count; write a whole"
                                + " number from 1"),
                Arguments.of(
                        "gateway: { budget: { daily_usd: $20, alert_at: [50] } }",
                        "gateway.budget.daily_usd (gateway.yaml:1): \"$20\" is not a number; write a number such as 20"
                                + " or 0.95\n"
                                + "gateway.budget.alert_at[0] (gateway.yaml:1): \"50\" is not a percentage; write a"
                                + " percentage such as 50%"),
                Arguments.of(
                        "environments: { production: { profile: development } }\nenvironment: production",
                        "OPENAI_API_KEY_PRODUCTION (environment variable): is not set; environment \"production\""
                                + " needs a key in mode passthrough. Set it, or openai.credentials.api_key\n"
                                + "environments.production.profile (gateway.yaml:1): environment \"production\" has its own"
                                + " profile, not \"development\"; remove profile, or give the environment another"
                                + " name"),
                Arguments.of(
                        "upstreams: { local: {} }",
                        "upstreams.local (gateway.yaml:1): has no base_url; every upstream but openai needs one"),
                Arguments.of(
                        "upstreams: { eu: { kind: azure, base_url: \"https://res.openai.azure.com\" } }",
                        "upstreams.eu (gateway.yaml:1): has no api_version; an upstream of kind azure needs one"),
                Arguments.of(
                        "upstreams: { openai: { base_url: api.openai.com/v1 } }",
                        "upstreams.openai.base_url (gateway.yaml:1): \"api.openai.com/v1\" is not an absolute http or"
                                + " https URL; write one such as https://api.openai.com/v1"),
                Arguments.of(
                        "upstreams: { openai: { base_url: \"ftp://api.openai.com\" } }",
                        "upstreams.openai.base_url (gateway.yaml:1): \"ftp://api.openai.com\" is not an absolute http"
                                + " or https URL; write one such as https://api.openai.com/v1"),
                Arguments.of(
                        "upstreams: { openai: { base_url: \"https:///v1\" } }",
                        "upstreams.openai.base_url (gateway.yaml:1): \"https:///v1\" has no host; write one such as"
                                + " https://api.openai.com/v1"),
                Arguments.of(
                        "upstreams: { openai: { base_url: \"https://host/v1?a=b\" } }",
                        "upstreams.openai.base_url (gateway.yaml:1): \"https://host/v1?a=b\" has a query or fragment;"
                                + " write one such as https://api.openai.com/v1"),
                Arguments.of(
                        "upstreams: { openai: { base_url: \"https://me:hunter2@host/v1\" } }",
                        "upstreams.openai.base_url (gateway.yaml:1): the value holds a user name or password; write"
                                + " one such as https://api.openai.com/v1"),
                Arguments.of(
                        "upstreams: { openai: { base_url: \"https://a b\" } }",
                        "upstreams.openai.base_url (gateway.yaml:1): \"https://a b\" is not a URL; write one such as"
                                + " https://api.openai.com/v1"),
                Arguments.of(
                        "openai: { simulated_responses: [ { response_type: template, endpoint: v1/chat } ] }",
                        "openai.simulated_responses[0].endpoint (gateway.yaml:1): \"v1/chat\" does not begin with /;"
                                + " write a path such as /v1/chat/completions\n"
                                + "openai.simulated_responses[0] (gateway.yaml:1): has no templates; response_type"
                                + " template needs the directory they lie in"),
                Arguments.of(
                        "openai:\n  simulated_responses:\n    - model: gpt-4o",
                        "openai.simulated_responses[0] (gateway.yaml:3): has no endpoint; write a path such as"
                                + " /v1/chat/completions\n"
                                + "openai.simulated_responses[0] (gateway.yaml:3): has no response_type; write"
                                + " template, generated, cassette or passthrough"),
                Arguments.of(
                        "openai: { credentials: { organization: \"my org\", project: \"é\" } }",
                        "openai.credentials.organization (gateway.yaml:1): \"my org\" is not a plain word; write a"
                                + " word of visible ASCII characters\n"
                                + "openai.credentials.project (gateway.yaml:1): \"é\" is not a plain word; write a"
                                + " word of visible ASCII characters"),
                Arguments.of(
                        "openai: { default_response: template }",
                        "openai.default_response (gateway.yaml:1): \"template\" is not one of generated, cassette,"
                                + " passthrough"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_bad_value_is_reported_with_its_place_its_rule_and_the_way_out(String file, String problems) {
        Desk desk = new Desk(directory).file(file);

        List<String> found = desk.problems();

        assertThat(found).containsExactlyElementsOf(problems.lines().toList());
    }

    @Test
    void all_problems_are_reported_at_once_and_in_order() {
        Desk desk = new Desk(directory)
                .file(
                        "upstreams:",
                        "  local: { base_url: nonsense }",
                        "environments:",
                        "  production:",
                        "    openia: {}",
                        "  staging:",
                        "    openai:",
                        "      mode: passthrough",
                        "      latency: ${NO_SUCH}",
                        "      credentials:",
                        "        keys:",
                        "          - { name: blue, api_key: sk-literal-0000 }",
                        "          - { name: blue, api_key: \"${BLUE}\", upstream: locl, weight: 0 }")
                .variable("GATEWAY_MODE", "loud")
                .property("gateway.enviroment", "staging")
                .set("environment", "staging")
                .set("gateway.errors", "all");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "gateway.errors (builder): \"all\" is not one of detailed, user_friendly",
                        "gateway.enviroment (system property): is not a known setting; did you mean"
                                + " \"gateway.environment\"?",
                        "GATEWAY_MODE (environment variable): \"loud\" is not one of simulated, passthrough, hybrid,"
                                + " replay, record",
                        "upstreams.local.base_url (gateway.yaml:2): \"nonsense\" is not an absolute http or https URL;"
                                + " write one such as https://api.openai.com/v1",
                        "environments.production.openia (gateway.yaml:5): is not a known key; did you mean"
                                + " \"openai\"?",
                        "environments.staging.openai.latency (gateway.yaml:9): ${NO_SUCH} is not set; set the"
                                + " environment variable NO_SUCH or write ${NO_SUCH:default}",
                        "environments.staging.openai.credentials.keys[0].api_key (gateway.yaml:12): a literal secret"
                                + " stands in the file; put it into an environment variable and write ${NAME}, or into"
                                + " a file and write file:NAME",
                        "environments.staging.openai.credentials.keys[1].weight (gateway.yaml:13): \"0\" is not a"
                                + " count; write a whole number from 1 to 2147483647",
                        "environments.staging.openai.credentials.keys[1].upstream (gateway.yaml:13): \"locl\" is not an"
                                + " upstream; did you mean \"local\"?",
                        "environments.staging.openai.credentials.keys[1].name (gateway.yaml:13): \"blue\" is already"
                                + " the name of environments.staging.openai.credentials.keys[0]; give each key its own",
                        "environments.staging.openai.credentials.keys[1].api_key (gateway.yaml:13): ${BLUE} is not"
                                + " set; set the environment variable BLUE");
    }

    @Test
    void a_missing_directory_of_templates_is_named_as_written() {
        Desk desk = new Desk(directory)
                .file(
                        "openai:",
                        "  simulated_responses:",
                        "    - { endpoint: /v1/chat/completions, response_type: template, templates: ./none }",
                        "    - { endpoint: /v1/embeddings, response_type: template, templates: gateway.yaml }");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "openai.simulated_responses[0].templates (gateway.yaml:3): the directory of templates"
                                + " \"./none\" is missing; create it (relative paths start beside gateway.yaml)",
                        "openai.simulated_responses[1].templates (gateway.yaml:4): the directory of templates"
                                + " \"gateway.yaml\" is not a directory; name the directory (relative paths start"
                                + " beside gateway.yaml)");
    }

    @Test
    void variables_are_looked_up_in_variables_and_cycles_are_shown() {
        Desk desk = new Desk(directory)
                .file("openai: { latency: \"${A}\", models: { a: \"${C}-${D:x${E:y}}\" } }")
                .variable("A", "${B}")
                .variable("B", "${A}")
                .variable("C", "${F}")
                .variable("F", "deep");

        List<String> cycle = desk.problems();
        GatewayConfig config = desk.variable("B", "done").read();

        assertThat(cycle)
                .containsExactly("openai.latency (gateway.yaml:1): ${A} -> ${B} -> ${A} goes in a circle; break it");
        assertThat(config.latency()).isEqualTo("done");
        assertThat(config.models()).containsEntry("a", "deep-xy");
    }

    @Test
    void the_value_of_a_variable_is_never_shown() {
        Desk desk = new Desk(directory)
                .file("openai: { mode: \"${SECRET_THING}\", seed: \"${SECRET_THING}\", latency: \"${OPEN\" }")
                .variable("SECRET_THING", "hunter2");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly(
                        "openai.mode (gateway.yaml:1): the value of \"${SECRET_THING}\" is not one of simulated,"
                                + " passthrough, hybrid, replay, record",
                        "openai.seed (gateway.yaml:1): the value of \"${SECRET_THING}\" is not a whole number; write a"
                                + " whole number such as 42",
                        "openai.latency (gateway.yaml:1): a ${ is not closed; write ${NAME}");
    }

    @Test
    void variables_of_other_environments_need_not_be_set() {
        Desk desk = new Desk(directory)
                .file(
                        "environment: development",
                        "environments:",
                        "  production: { openai: { mode: \"${PRODUCTION_MODE}\" } }");

        List<String> problems = desk.problems();

        assertThat(problems).isEmpty();
    }

    @Test
    void an_unset_variable_in_a_chain_names_who_refers_to_it() {
        Desk desk = new Desk(directory).file("openai: { latency: \"${A}\" }").variable("A", "${B}");

        List<String> problems = desk.problems();

        assertThat(problems)
                .containsExactly("openai.latency (gateway.yaml:1): ${B} is not set; set the environment variable B,"
                        + " which ${A} refers to");
    }

    @Test
    void a_key_pasted_in_the_wrong_place_is_not_repeated() {
        Desk desk = new Desk(directory)
                .file(
                        "openai:",
                        "  mode: sk-live-canary-0000",
                        "  credentials: sk-live-canary-0000",
                        "environments: { staging: { openai: { credentials: { keys: [ sk-live-canary-0000 ] } } } }");

        List<String> problems = desk.problems();

        assertThat(problems).hasSize(3);
        assertThat(String.join("\n", problems)).doesNotContain("canary");
    }

    @Test
    void the_message_of_the_exception_lists_every_problem() {
        Desk desk = new Desk(directory)
                .file("gateway.yaml", "openai: { mode: live, seed: x }".getBytes(StandardCharsets.UTF_8));

        GatewayConfigException failure =
                org.assertj.core.api.Assertions.catchThrowableOfType(GatewayConfigException.class, desk.reader()::read);

        assertThat(failure)
                .hasMessage("The gateway cannot start, 2 problems:\n"
                        + "  openai.mode (gateway.yaml:1): \"live\" is not one of simulated, passthrough, hybrid,"
                        + " replay, record\n"
                        + "  openai.seed (gateway.yaml:1): \"x\" is not a whole number; write a whole number such as"
                        + " 42");
    }
}
