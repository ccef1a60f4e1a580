package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The scenarios of the training answer as its guide says. */
class TrainingScenariosTest {
    private final Sandbox sandbox = Sandbox.empty();

    TrainingScenariosTest() {
        sandbox.openAi.scenarios().load(Path.of("../examples/training/scenarios"));
    }

    @Test
    void each_lesson_has_its_scenario() {
        sandbox.say("Hello");
        sandbox.post(Sandbox.CHAT, stream("Tell me a story"));
        sandbox.say("What is the weather like?");
        String told = result("{\\\"temperature\\\": 21, \\\"sky\\\": \\\"clear\\\"}");
        String failed = result("error: no such city");
        for (int i = 0; i < 3; i++) {
            sandbox.post(Sandbox.CHAT, Sandbox.chat("Summarise this"));
        }
        sandbox.post(Sandbox.CHAT, stream("Count to ten"));
        sandbox.post(Sandbox.CHAT, stream("Count to ten"));

        List<JournalEntry> requests = sandbox.openAi.journal().requests();
        assertThat(requests)
                .extracting(entry -> entry.origin().answeredBy())
                .containsExactly(
                        "scenario first call, answer 1",
                        "scenario stream, answer 1",
                        "scenario asks for the weather, answer 1",
                        "scenario tells the weather, answer 1",
                        "scenario weather is not known, answer 1",
                        "scenario too fast, answer 1",
                        "scenario too fast, answer 2",
                        "scenario too fast, answer 3",
                        "scenario cut, answer 1",
                        "scenario cut, answer 2");
        assertThat(requests.stream().map(entry -> entry.origin().fault()).flatMap(Optional::stream))
                .containsExactly("429-tokens", "429-tokens", "cut after=3 events");
        assertThat(told).isEqualTo("In Paris it is 21 °C and clear.");
        assertThat(failed).startsWith("I could not find out");
    }

    @Test
    void none_of_them_is_in_the_way_of_another() {
        assertThat(sandbox.openAi.scenarios().notices()).noneMatch(notice -> notice.contains("never answers"));
    }

    private String result(String content) {
        return Sandbox.text(sandbox.post(
                Sandbox.CHAT,
                "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"What is the weather like?\"},"
                        + "{\"role\": \"assistant\", \"content\": null, \"tool_calls\": [{\"id\": \"call_1\", \"type\": \"function\","
                        + " \"function\": {\"name\": \"get_weather\", \"arguments\": \"{}\"}}]},"
                        + "{\"role\": \"tool\", \"tool_call_id\": \"call_1\", \"content\": \"" + content + "\"}]}"));
    }

    private static String stream(String user) {
        return Sandbox.chat(user).replace("{\"model", "{\"stream\": true, \"model");
    }
}
