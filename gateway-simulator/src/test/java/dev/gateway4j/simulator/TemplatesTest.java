package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplatesTest {
    private static final String CHAT = "/v1/chat/completions";

    @TempDir
    Path directory;

    @Test
    void the_first_template_that_matches_answers() throws IOException {
        write(
                "10-weather.yaml",
                "match: {contains: WEATHER, model: 'gpt-4o*'}\ntext: |\n  Sunny in {{request.user}}.\n");
        write(
                "20-sum.yaml",
                "match:\n  last_message: '\\d+ *\\+ *\\d+'\n  system: tutor\ntext: 'Count: {{counter}}'\n");
        write("90-rest.mustache", "{{#upper}}You said {{last_message}}{{/upper}} <{{model}}>\n");
        Sim sim = sim();

        assertThat(chat(sim, "gpt-4o-mini", "How is the weather?", "")).isEqualTo("Sunny in Bern.");
        assertThat(chat(sim, "gpt-4", "weather?", "")).isEqualTo("YOU SAID WEATHER? <gpt-4>");
        assertThat(chat(sim, "gpt-4", "1 + 2", "")).isEqualTo("YOU SAID 1 + 2 <gpt-4>");
        assertThat(chat(sim, "gpt-4", "1 + 2", "You are a tutor")).isEqualTo("Count: 1");
        assertThat(chat(sim, "gpt-4", "1 + 2", "You are a tutor")).isEqualTo("Count: 2");
    }

    @Test
    void what_no_template_matches_is_generated() throws IOException {
        write("a.yaml", "match: {contains: never}\ntext: no\n");

        assertThat(chat(sim(), "gpt-4o", "Say hello", "")).isNotEqualTo("no").hasSizeGreaterThan(20);
    }

    @Test
    void a_template_sets_its_finish_and_its_usage() throws IOException {
        write("a.yaml", "text: one two three\nfinish: content_filter\nusage: {input: 11, output: 22}\n");

        JsonNode answer = Trees.of(sim().chat(ChatTest.ask("gpt-4o", "")).body());

        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("content_filter");
        assertThat(answer.at("/usage/prompt_tokens").asInt()).isEqualTo(11);
        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(22);
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(33);
    }

    @Test
    void a_template_speaks_every_form() throws IOException {
        write(
                "a.txt",
                "Gr\u00fc\u00dfe \ud83d\udc4b\ud83c\udffd, {{random.int}} {{random.hex}} {{#pick}}a|b|c{{/pick}} \"q\"\n");
        Sim sim = sim();

        String plain = Trees.of(sim.chat(ChatTest.ask("gpt-4o", "")).body())
                .at("/choices/0/message/content")
                .asText();
        List<String> data =
                sim.chat(ChatTest.ask("gpt-4o", ", \"stream\": true")).data();

        assertThat(plain).matches("Gr\u00fc\u00dfe \ud83d\udc4b\ud83c\udffd, \\d+ [0-9a-f]{8} [abc] \"q\"");
        assertThat(Trees.streamedText(data, 0)).isEqualTo(plain);
        assertThat(data.subList(0, data.size() - 1))
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length()) % 16).isEqualTo(1));
    }

    @Test
    void a_template_can_walk_through_the_request() throws IOException {
        write("a.mustache", "{{#request.messages}}[{{role}}: {{content}}]{{/request.messages}}{{request.none.such}}");

        assertThat(chat(sim(), "gpt-4o", "b", "a")).isEqualTo("[system: a][user: b]");
    }

    @Test
    void every_problem_is_told_with_its_file_and_line() throws IOException {
        write("a.yaml", "match:\n  modell: gpt-4o\n  last_message: '('\ntext: |\n  fine\n  {{#upper}}open\n");
        write("b.mustache", "hello\n{{nobody}} and {{> partial}}");
        write("c.yaml", "finish: sometimes\nusage: {input: many}\n");
        write("d.yaml", "text: [a\n");
        write("e.yaml", "");

        GatewayConfigException broken =
                catchThrowableOfType(GatewayConfigException.class, () -> Sim.of(7, "no-such", List.of(rule(CHAT))));

        String at = "openai.simulated_responses[0].templates ";
        assertThat(broken.problems().stream().map(ConfigProblem::toString))
                .containsExactly(
                        at
                                + "(a.yaml:2): \"modell\" is unknown in match; known are model, last_message, contains, system",
                        at + "(a.yaml:3): last_message \"(\" is no regular expression: Unclosed group",
                        at + "(a.yaml:6): the template is broken: Section missing close tag 'upper'",
                        at
                                + "(b.mustache:2): {{nobody}}: there is no such name; variables are request.<member>, model, last_message,"
                                + " system, turn, tool_result, counter, index, random.int, random.hex, random.uuid, fake.name, fake.first_name,"
                                + " fake.last_name, fake.email, fake.phone, fake.city, fake.country, fake.street, fake.company, fake.iban,"
                                + " fake.card, fake.date, fake.word, fake.sentence, fake.paragraph, sections are upper, lower, trim, pick,"
                                + " between, date, count, at, result, number, lists are conversation, tool_results",
                        at + "(b.mustache:2): {{>partial}}: templates do not include one another; copy the text",
                        at + "(c.yaml:1): finish is \"sometimes\"; it is one of stop, length, content_filter",
                        at + "(c.yaml:2): usage.input is \"many\"; it is a number of tokens, 0 or more",
                        at
                                + "(c.yaml:1): \"text\" is missing; it is what the answer says, unless it says json, calls or refusal",
                        at + "(d.yaml:2): this is no YAML: expected ',' or ']', but got <stream end>",
                        at + "(e.yaml): the file is empty; a template needs at least \"text\"",
                        "openai.latency (settings): there is no latency profile \"no-such\"; choose one of instant, fast, gpt-4o,"
                                + " gpt-4o-mini, gpt-4.1, gpt-5, gpt-5-mini, gpt-5.4, gpt-5.4-mini, gpt-5.6-sol, gpt-5.6-terra, gpt-6-sol,"
                                + " gpt-6.1-sol, o3-mini, bad-hour, file:FILE#NAME or recorded:FILE");
    }

    @Test
    void a_directory_that_is_missing_or_empty_is_a_problem() {
        GatewayConfigException empty =
                catchThrowableOfType(GatewayConfigException.class, () -> Sim.of(7, "instant", List.of(rule(CHAT))));
        Path nowhere = directory.resolve("nowhere");
        ResponseRule missing =
                new ResponseRule(CHAT, Optional.empty(), ResponseType.TEMPLATE, Optional.of(nowhere), Optional.empty());
        GatewayConfigException absent =
                catchThrowableOfType(GatewayConfigException.class, () -> Sim.of(7, "instant", List.of(missing)));

        assertThat(empty).hasMessageContaining(directory + " holds no template");
        assertThat(absent).hasMessageContaining(nowhere + " is no directory; make it, or correct the path");
    }

    @Test
    void templates_for_an_endpoint_without_text_are_a_problem() throws IOException {
        write("a.txt", "x");

        GatewayConfigException broken = catchThrowableOfType(
                GatewayConfigException.class, () -> Sim.of(7, "instant", List.of(rule("/v1/embeddings"))));

        assertThat(broken)
                .hasMessageContaining(
                        "templates answer /v1/chat/completions, /v1/responses, /v1/completions, not /v1/embeddings");
    }

    @Test
    void invented_values_come_from_the_seed_and_differ_from_one_another() throws IOException {
        write(
                "a.mustache",
                "{{fake.name}}|{{fake.name}}|{{fake.email}}|{{fake.iban}}|{{fake.date}}|{{fake.phone}}|{{#between}}3|5{{/between}}|"
                        + "{{#date}}2025-02-01|2025-02-03{{/date}}|{{fake.sentence}}");

        String first = chat(sim(), "gpt-4o", "x", "");

        assertThat(first)
                .matches(
                        "[A-Z]\\w+ [A-Z]\\w+\\|[A-Z]\\w+ [A-Z]\\w+\\|\\S+@example\\.com\\|DE\\d{20}\\|202\\d-\\d\\d-\\d\\d\\|"
                                + "\\+1-202-555-01\\d\\d\\|[345]\\|2025-02-0[123]\\|[A-Z][a-z ]+\\.");
        String[] parts = first.split("\\|", -1);
        assertThat(parts[0]).isNotEqualTo(parts[1]);
        assertThat(chat(sim(), "gpt-4o", "x", "")).isEqualTo(first);
        assertThat(chat(sim(), "gpt-4o", "y", "")).isNotEqualTo(first);
    }

    @Test
    void counters_pointers_results_and_the_conversation_can_be_named() throws IOException {
        write(
                "a.mustache",
                "{{#count}}orders{{/count}} {{#at}}/messages/1/content{{/at}} {{turn}} {{#conversation}}<{{role}}:{{text}}>{{/conversation}}"
                        + "{{^tool_results}}none{{/tool_results}}");
        write("b.yaml", "match: {contains: temp}\ntext: x\n");
        Sim sim = sim();

        assertThat(chat(sim, "gpt-4o", "hi", "be kind")).isEqualTo("1 hi 1 <system:be kind><user:hi>none");
        assertThat(chat(sim, "gpt-4o", "hi", "be kind")).startsWith("2 hi");
    }

    @Test
    void a_result_of_a_tool_is_looked_into() throws IOException {
        write(
                "a.mustache",
                "{{tool_result}} = {{#result}}/temp{{/result}} ({{#tool_results}}{{tool}}{{/tool_results}})");

        String body = sim().chat("{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"?\"},"
                        + "{\"role\": \"assistant\", \"tool_calls\": [{\"id\": \"c\", \"type\": \"function\", \"function\":"
                        + " {\"name\": \"get_weather\", \"arguments\": \"{}\"}}]},"
                        + "{\"role\": \"tool\", \"tool_call_id\": \"c\", \"content\": \"{\\\"temp\\\":21}\"}]}")
                .body();

        assertThat(Sandbox.text(body)).isEqualTo("{\"temp\":21} = 21 (get_weather)");
    }

    @Test
    void a_template_says_json_with_what_is_drawn_inside() throws IOException {
        write(
                "a.yaml",
                "json:\n  who: '{{last_message}}'\n  age: '{{#number}}{{#between}}30|30{{/between}}{{/number}}'\n  tags: [a, true, 1.5]\n");

        assertThat(chat(sim(), "gpt-4o", "a \\\"b\\\"", ""))
                .isEqualTo("{\"who\":\"a \\\"b\\\"\",\"age\":30,\"tags\":[\"a\",true,1.5]}");
    }

    @Test
    void a_changed_file_is_read_again_and_a_broken_one_leaves_the_old_in_use() throws IOException {
        write("a.txt", "old");
        Sandbox sandbox = new Sandbox(List.of(rule(CHAT)));
        assertThat(sandbox.say("x")).isEqualTo("old");

        write("a.txt", "newer");
        assertThat(sandbox.say("x")).isEqualTo("old");
        sandbox.time.advance(Duration.ofSeconds(1));
        assertThat(sandbox.say("x")).isEqualTo("newer");

        write("a.txt", "{{nobody}}, which is broken");
        sandbox.time.advance(Duration.ofSeconds(1));
        assertThat(sandbox.say("x")).isEqualTo("newer");
        assertThat(sandbox.openAi.notices()).hasSize(1);
        assertThat(sandbox.openAi.notices().get(0)).contains("(a.txt:1): {{nobody}}: there is no such name");

        write("a.txt", "mended");
        sandbox.time.advance(Duration.ofSeconds(1));
        assertThat(sandbox.say("x")).isEqualTo("mended");
        assertThat(sandbox.openAi.notices()).isEmpty();
        assertThat(sandbox.openAi.journal().requests().get(0).origin().answeredBy())
                .isEqualTo("template a.txt");
    }

    private Sim sim() {
        return Sim.of(7, "instant", List.of(rule(CHAT)));
    }

    private ResponseRule rule(String endpoint) {
        return new ResponseRule(
                endpoint, Optional.empty(), ResponseType.TEMPLATE, Optional.of(directory), Optional.empty());
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(directory.resolve(name), content);
    }

    private static String chat(Sim sim, String model, String user, String system) {
        String first = system.isEmpty() ? "" : "{\"role\": \"system\", \"content\": \"" + system + "\"},";
        return Trees.of(sim.chat("{\"model\": \"" + model + "\", \"user\": \"Bern\", \"messages\": [" + first
                                + "{\"role\": \"user\", \"content\": \"" + user + "\"}]}")
                        .body())
                .at("/choices/0/message/content")
                .asText();
    }
}
