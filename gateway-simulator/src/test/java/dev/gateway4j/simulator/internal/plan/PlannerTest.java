package dev.gateway4j.simulator.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.text.GeneratedText;
import dev.gateway4j.simulator.internal.timing.Latency;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final String WEATHER = """
            {"type":"function","function":{"name":"get_weather","description":"Get the weather of a city","parameters":
             {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}}}""";
    private static final String TIME = """
            {"type":"function","function":{"name":"get_time","description":"Tell the local time","parameters":
             {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    private final Tokens tokens = new Tokens();
    private final ManualTime time = ManualTime.standing();
    private final Planner planner =
            new Planner(List.of(new GeneratedText(tokens)), tokens, Latency.parse("instant"), PromptCache.on(time));

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "What is the weather in Paris?|\"tool_choice\":\"auto\"|get_weather {\"city\":\"Paris\"}",
                "What is the weather in Paris and Rome?|\"n\":1|get_weather {\"city\": \"Paris\"}; get_weather {\"city\": \"Rome\"}",
                "Wie ist das Wetter in Hamburg?|\"n\":1|get_weather {\"city\":\"Hamburg\"}",
                "weather in tokyo please|\"n\":1|get_weather {\"city\":\"Tokyo\"}",
                "What is the weather in Paris and Rome?|\"parallel_tool_calls\":false|get_weather {\"city\":\"Paris\"}",
                "Weather and time in Oslo, please|\"n\":1|get_weather {\"city\": \"Oslo\"}; get_time {\"city\": \"Oslo\"}",
                "Tell me a story|\"n\":1|",
                "What is the weather in Paris?|\"tool_choice\":\"none\"|",
                "Good morning from Lima|\"tool_choice\":\"required\"|get_weather {\"city\":\"Lima\"}",
                "Hello from Lima|\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}|get_time {\"city\":\"Lima\"}"
            })
    void tools_are_called_where_the_prompt_speaks_of_them(String prompt, String option, String calls) {
        Plan plan = plan(Asks.chat("{\"model\":\"gpt-4o\"," + option + ",\"tools\":[" + WEATHER + "," + TIME
                + "],\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}"));

        assertThat(plan.choices().get(0).calls().stream()
                        .map(call -> call.name() + " " + call.arguments().text())
                        .collect(Collectors.joining("; ")))
                .isEqualTo(calls == null ? "" : calls);
        assertThat(plan.choices().get(0).text().isEmpty()).isEqualTo(calls != null);
    }

    @Test
    void a_result_is_answered_in_words() {
        Plan plan = plan(Asks.chat("{\"model\":\"gpt-4o\",\"tools\":[" + WEATHER + """
                ],"messages":[{"role":"user","content":"Weather in Paris?"},
                 {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"get_weather",
                 "arguments":"{\\"city\\":\\"Paris\\"}"}}]},
                 {"role":"tool","tool_call_id":"c","content":"{\\"temperature\\":18,\\"sky\\":\\"clear\\"}"}]}"""));

        assertThat(plan.choices().get(0).calls()).isEmpty();
        assertThat(plan.choices().get(0).text().text())
                .isEqualTo("Here is what I found: Paris: temperature 18, sky clear.");
        assertThat(plan.choices().get(0).finish()).isEqualTo(Finish.STOP);
    }

    @Test
    void a_limit_cuts_arguments_too() {
        Plan plan = plan(Asks.chat("{\"model\":\"gpt-4o\",\"max_tokens\":6,\"tool_choice\":\"required\",\"tools\":["
                + WEATHER + "],\"messages\":[{\"role\":\"user\",\"content\":\"Hello from Paris\"}]}"));

        assertThat(plan.choices().get(0).finish()).isEqualTo(Finish.LENGTH);
        assertThat(plan.usage().output()).isEqualTo(6);
        assertThat(plan.choices().get(0).calls().get(0).arguments().text())
                .isNotEmpty()
                .doesNotContain("}");
    }

    @Test
    void reasoning_may_use_up_the_whole_limit() {
        Plan plan = plan(Asks.chat("""
                {"model":"gpt-5","max_completion_tokens":100,"reasoning_effort":"high",
                 "messages":[{"role":"user","content":"Think about it"}]}"""));

        assertThat(plan.choices().get(0).text().isEmpty()).isTrue();
        assertThat(plan.choices().get(0).finish()).isEqualTo(Finish.LENGTH);
        assertThat(plan.usage().output()).isEqualTo(100);
        assertThat(plan.usage().reasoning()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-5,none,0,0,64",
        "gpt-5,minimal,0,64,64",
        "gpt-5,low,64,320,64",
        "gpt-5,high,384,2432,64",
        "gpt-5.2,low,8,320,1"
    })
    void reasoning_takes_as_long_as_the_effort_says(String model, String effort, int least, int most, int grain) {
        for (int i = 0; i < 40; i++) {
            long reasoning = plan(Asks.chat("{\"model\":\"" + model + "\",\"reasoning_effort\":\"" + effort
                            + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Question " + i + "\"}]}"))
                    .usage()
                    .reasoning();

            assertThat(reasoning).isBetween((long) least, (long) most);
            assertThat(reasoning % grain).isZero();
        }
    }

    @Test
    void json_mode_gives_the_members_the_prompt_lists() {
        Plan plan = plan(Asks.chat("""
                {"model":"gpt-4o","response_format":{"type":"json_object"},
                 "messages":[{"role":"user","content":"Reply in JSON with keys name, city and age."}]}"""));

        JsonNode json = Json.read(plan.choices().get(0).text().text().getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        assertThat(json.fieldNames()).toIterable().containsExactly("name", "city", "age");
        assertThat(json.path("age").isInt()).isTrue();
    }

    @Test
    void a_schema_nothing_satisfies_is_refused_with_its_place() {
        Ask ask = Asks.chat("""
                {"model":"gpt-4o","response_format":{"type":"json_schema","json_schema":{"name":"broken","schema":
                 {"type":"object","required":["n"],"properties":{"n":{"type":"integer","minimum":3,"maximum":2}}}}},
                 "messages":[{"role":"user","content":"Go"}]}""");

        assertThatThrownBy(() -> plan(ask)).isInstanceOfSatisfying(ApiError.class, error -> {
            assertThat(error.status()).isEqualTo(400);
            assertThat(error.param()).contains("response_format");
            assertThat(error.text())
                    .isEqualTo("Invalid schema for response_format 'broken': In context=('properties', 'n'), no number"
                            + " lies between its limits.");
        });
    }

    @Test
    void what_is_to_be_said_exactly_is_said() {
        assertThat(said("Say exactly: all is well")).isEqualTo("all is well");
        assertThat(said("Reply with exactly PONG")).isEqualTo("PONG");
        assertThat(said("Please repeat the word \\\"apple\\\"")).isEqualTo("apple");
    }

    @Test
    void a_long_prompt_is_read_from_the_cache_the_second_time() {
        String words = "one two three four five six seven eight ".repeat(160);
        Ask ask = Asks.chat("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"" + words
                + "\"},{\"role\":\"user\",\"content\":\"Hello\"}]}");

        assertThat(plan(ask).usage().cached()).isZero();
        assertThat(plan(ask).usage().cached()).isEqualTo(1_280);
        assertThat(plan(Asks.chat("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"" + words
                                + "\"},{\"role\":\"user\",\"content\":\"Something else, and longer\"}]}"))
                        .usage()
                        .cached())
                .isBetween(1_152L, 1_280L)
                .matches(cached -> cached % 128 == 0);

        time.advance(Duration.ofMinutes(11));
        assertThat(plan(ask).usage().cached()).isZero();
    }

    @Test
    void newer_models_bill_what_they_write() {
        String words = "one two three four five six seven eight ".repeat(160);
        Ask ask = Asks.chat("{\"model\":\"gpt-5.6\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}");
        long prompt = new PromptTokens(tokens).count(ask);

        Usage first = plan(ask).usage();
        Usage second = plan(ask).usage();

        assertThat(first.cacheWrite()).isEqualTo(prompt - 3);
        assertThat(first.cached()).isZero();
        assertThat(second.cached()).isEqualTo(prompt - 3);
        assertThat(second.cacheWrite()).isZero();
    }

    @Test
    void short_prompts_are_never_cached() {
        Ask ask = Asks.chat("{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");

        plan(ask);

        assertThat(plan(ask).usage().cached()).isZero();
    }

    private String said(String prompt) {
        return plan(Asks.chat(
                        "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}"))
                .choices()
                .get(0)
                .text()
                .text();
    }

    private Plan plan(Ask ask) {
        Chance chance = new Chance(7, Fingerprint.of("POST", ask.body().toString()), 0);
        return planner.plan(ask, new PromptTokens(tokens).count(ask), chance);
    }
}
