package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.simulator.internal.scenario.ScenarioText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioFileTest {
    private static final String EVERYTHING = """
            scenarios:
              - name: everything
                priority: 3
                when:
                  endpoint: chat
                  method: post
                  model: "gpt-4o*"
                  user_says: weather
                  user_matches: "in \\\\w+"
                  any_message: hello
                  system_matches: "^You"
                  tool: [get_time]
                  tool_result: { get_weather/temp: 21 }
                  turn: 2
                  header: { X-Test: 1 }
                  has_header: x-trace
                  body: { /temperature: 0, /metadata: { a: [1, true, null] } }
                  has_body: [/tools]
                  stream: true
                  tenant: acme
                  state: { order: paid }
                answer:
                  calls:
                    - { name: get_weather, arguments: { city: Paris } }
                    - { name: get_time }
                  summary: I ask.
                  usage: { input: 10, cached: 2, output: 3, reasoning: 1 }
                  delay: 2s
                  set_state: { order: shipped }
                then:
                  - Sunny
                  - { status: 429, headers: { retry-after: 2 }, body: { error: { code: x } } }
                  - fault: cut after=3 events
                exhausted: next
            """;

    private final Scenarios scenarios = Sandbox.empty().openAi.scenarios();

    @TempDir
    Path directory;

    @Test
    void a_file_says_all_that_code_can() {
        scenarios.load("all.yaml", EVERYTHING);

        assertThat(scenarios.list())
                .containsExactly(Scenario.named("everything")
                        .priority(3)
                        .when(it -> it
                                .endpoint("chat")
                                .method("POST")
                                .model("gpt-4o*")
                                .userSays("weather")
                                .userMatches("in \\w+")
                                .anyMessage("hello")
                                .systemMatches("^You")
                                .tool("get_time")
                                .answered()
                                .tool("get_weather")
                                .answeredWith("/temp", 21)
                                .turn(2)
                                .header("x-test", "1")
                                .hasHeader("x-trace")
                                .body("/temperature", 0)
                                .body("/metadata", Map.of("a", java.util.Arrays.asList(1, true, null)))
                                .hasBody("/tools")
                                .stream(true)
                                .tenant("acme")
                                .state("order", "paid"))
                        .answer(Answer.call("get_weather", Map.of("city", "Paris"))
                                .andCall("get_time", Map.of())
                                .summary("I ask.")
                                .usage(10, 3)
                                .cachedTokens(2)
                                .reasoningTokens(1)
                                .after(Duration.ofSeconds(2))
                                .setState("order", "shipped"))
                        .then(Answer.text("Sunny"))
                        .then(Answer.status(429).header("retry-after", "2").body(Map.of("error", Map.of("code", "x"))))
                        .then(Answer.fault("cut after=3 events"))
                        .whenExhausted(Scenario.Exhausted.NEXT_RULE));
    }

    @Test
    void what_is_written_reads_back_the_same() {
        scenarios.load("all.yaml", EVERYTHING);
        Scenario before = scenarios.list().get(0);

        scenarios.clear();
        scenarios.load("again.yaml", ScenarioText.of(before));

        assertThat(scenarios.list()).containsExactly(before);
    }

    @Test
    void a_list_one_alone_and_json_are_files_too() {
        scenarios.load("list.yaml", "- {name: a, answer: x}\n- {name: b, answer: x}\n");
        scenarios.load("one.yaml", "name: c\nanswer: x\n");
        scenarios.load("some.json", "{\"scenarios\": [{\"name\": \"d\", \"answer\": {\"text\": \"x\"}}]}");

        assertThat(scenarios.list()).extracting(Scenario::name).containsExactly("a", "b", "c", "d");
        assertThat(scenarios.list()).extracting(Scenario::answers).containsOnly(List.of(Answer.text("x")));
    }

    @Test
    void every_problem_is_told_with_its_file_line_and_way_out_and_nothing_is_added() throws IOException {
        Files.writeString(directory.resolve("a.yaml"), """
                scenarios:
                  - name: a
                    wen: {}
                    when:
                      user_say: x
                      user_matches: "("
                      body: { temperature: 0 }
                      stream: maybe
                      turn: 0
                    answer: { text: x, status: 700 }
                  - name: a
                    priority: high
                    answer:
                      status: 500
                      text: both
                    exhausted: never
                  - answer:
                      template: |
                        fine
                        {{nobody}}
                      delay: soon
                      finish: sometimes
                      usage: { input: many }
                      calls: [{ arguments: {} }]
                      headers: { a: b }
                """);
        Files.writeString(directory.resolve("b.yml"), "- name: [a\n");
        Files.writeString(directory.resolve("c.json"), "");
        Files.writeString(directory.resolve("ignored.txt"), "no scenario");

        GatewayConfigException broken =
                catchThrowableOfType(GatewayConfigException.class, () -> scenarios.load(directory));

        assertThat(broken.problems().stream().map(ConfigProblem::toString).map(ScenarioFileTest::cut))
                .containsExactly(
                        "scenarios (a.yaml:3): \"wen\" is unknown in a scenario; known are name, priority, when, answer, then, exhausted",
                        "scenarios (a.yaml:5): \"user_say\" is unknown in when; known are endpoint, method, model, user_says, …",
                        "scenarios (a.yaml:6): user_matches \"(\" is no regular expression: Unclosed group",
                        "scenarios (a.yaml:7): body \"temperature\" is no JSON pointer, such as /user/name",
                        "scenarios (a.yaml:8): stream is \"maybe\"; it is true or false",
                        "scenarios (a.yaml:9): turn is \"0\"; turns of the user are counted from 1",
                        "scenarios (a.yaml:10): status is \"700\"; an HTTP status here lies between 200 and 599",
                        "scenarios (a.yaml:11): \"a\" is the name of two scenarios; each has its own",
                        "scenarios (a.yaml:12): priority is \"high\"; it is a whole number, the higher one wins",
                        "scenarios (a.yaml:14): an answer with a status or a body is sent as it stands and says nothing else; leave one of"
                                + " both out",
                        "scenarios (a.yaml:16): exhausted is \"never\"; it is one of last, next, error",
                        "scenarios (a.yaml:17): \"name\" is missing; journal and messages need it",
                        "scenarios (a.yaml:20): {{nobody}}: there is no such name; variables are request.<member>, model, last_message, …",
                        "scenarios (a.yaml:21): delay is \"soon\"; it is a time such as 250ms, 2s or 1m",
                        "scenarios (a.yaml:22): finish is \"sometimes\"; it is one of stop, length, tool_calls, content_filter",
                        "scenarios (a.yaml:23): usage.input is \"many\"; it is a number of tokens, 0 or more",
                        "scenarios (a.yaml:24): \"name\" is missing; it is the tool that is called",
                        "scenarios (a.yaml:18): headers go with a status or a body; add \"status: 200\", or leave them out",
                        "scenarios (b.yml:2): this is no YAML: expected ',' or ']', but got <stream end>",
                        "scenarios (c.json): the file is empty; write at least one scenario");
        assertThat(scenarios.list()).isEmpty();
    }

    @Test
    void a_missing_file_and_an_empty_directory_are_told() {
        assertThat(catchThrowableOfType(
                        GatewayConfigException.class, () -> scenarios.load(directory.resolve("none.yaml"))))
                .hasMessageContaining("none.yaml is no file and no directory; correct the path");
        assertThat(catchThrowableOfType(GatewayConfigException.class, () -> scenarios.load(directory)))
                .hasMessageContaining("holds no scenarios; they are in files that end in .yaml, .yml or .json");
    }

    private static String cut(String problem) {
        return problem.replaceFirst("(user_says, |last_message, ).+", "$1…");
    }
}
