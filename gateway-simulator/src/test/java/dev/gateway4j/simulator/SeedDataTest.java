package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedDataTest {
    private final Sandbox sandbox = Sandbox.empty();
    private final SeedData data = sandbox.openAi.seedData();

    @TempDir
    Path directory;

    @Test
    void a_question_gets_the_answer_of_the_same_one_whatever_its_case_and_blanks() throws IOException {
        data.load(write("faq.csv", """
                prompt,answer,model,system
                How do I reset my password?,"Open settings,
                then ""Security"".",,
                Opening hours?,9 to 5,,
                Opening hours?,Always,gpt-4o-mini,
                Opening hours?,Never,,night shift
                """));

        assertThat(sandbox.say("how do I  RESET my password?")).isEqualTo("Open settings,\nthen \"Security\".");
        assertThat(sandbox.say("Opening hours?")).isEqualTo("9 to 5");
        assertThat(Sandbox.text(sandbox.post(
                        Sandbox.CHAT, Sandbox.chat("Opening hours?").replace("gpt-4o", "gpt-4o-mini"))))
                .isEqualTo("Always");
        assertThat(sandbox.openAi.journal().requests().get(0).origin().answeredBy())
                .isEqualTo("sample faq.csv:2");
        assertThat(sandbox.openAi.journal().requests().get(1).origin().answeredBy())
                .isEqualTo("sample faq.csv:4");
    }

    @Test
    void the_nearest_question_answers_if_it_is_near_enough() {
        data.add("How do I reset my password?", "Settings.").add("What are your opening hours?", "9 to 5.");

        assertThat(sandbox.say("How do I reset my password please?")).isEqualTo("Settings.");
        assertThat(sandbox.openAi.journal().requests().get(0).origin().answeredBy())
                .matches("sample code, similarity 0\\.[89]\\d");
        assertThat(sandbox.say("Tell me a story about a dragon")).isNotIn("Settings.", "9 to 5.");
        data.threshold(1);
        assertThat(sandbox.say("How do I reset my password please?")).isNotEqualTo("Settings.");
        data.threshold(0);
        assertThat(sandbox.say("Tell me your opening hours")).isEqualTo("9 to 5.");
    }

    @Test
    void json_lines_hold_samples_or_recorded_calls() throws IOException {
        data.load(write("log.jsonl", """
                {"prompt": "Capital of France?", "answer": "Paris"}

                {"request": {"model": "gpt-4o", "messages": [{"role": "user", "content": "Capital of Peru?"}]}, "response": {"choices": [{"message": {"content": "Lima"}}]}}
                {"prompt": "As JSON", "answer": {"ok": true}}
                """));

        assertThat(sandbox.say("capital of france?")).isEqualTo("Paris");
        assertThat(sandbox.say("Capital of Peru?")).isEqualTo("Lima");
        assertThat(sandbox.say("as json")).isEqualTo("{\"ok\":true}");
    }

    @Test
    void scenarios_come_before_seed_data() {
        data.add("hi", "sample");
        assertThat(sandbox.say("hi")).isEqualTo("sample");

        sandbox.openAi.scenarios().add(Scenario.named("hi").answer(Answer.text("scenario")));

        assertThat(sandbox.say("hi")).isEqualTo("scenario");
    }

    @Test
    void every_problem_of_a_file_is_told_with_its_line() throws IOException {
        assertThat(problems("a.csv", "prompt,answer\nfine,yes\none\n,empty\n\"open,x\n"))
                .containsExactly(
                        "seed data (a.csv:5): a quote that begins here never ends; close it, or double one that belongs to the text",
                        "seed data (a.csv:3): the line has 1 values for 2 columns; a value with a comma stands in quotes",
                        "seed data (a.csv:4): the prompt is empty",
                        "seed data (a.csv:5): the line has 1 values for 2 columns; a value with a comma stands in quotes");
        assertThat(problems("b.csv", "question,answer\nx,y\n"))
                .containsExactly(
                        "seed data (b.csv:1): the column \"question\" is unknown; known are prompt, answer, model, system",
                        "seed data (b.csv:1): the first line names the columns, of which \"prompt\" and \"answer\" must be there");
        assertThat(problems("c.jsonl", "{\"prompt\": \"x\", \"answer\": \"y\"}\n{\"prompt\": \"x\"}\nno json\n"))
                .containsExactly(
                        "seed data (c.jsonl:2): a sample has \"prompt\" and \"answer\", or \"request\" and \"response\"",
                        "seed data (c.jsonl:3): the line is no JSON object");
        assertThat(problems("d.txt", "x"))
                .containsExactly(
                        "seed data (d.txt): the file is neither CSV nor JSON lines; its name ends in .csv, .jsonl or .ndjson");
        assertThat(problems("e.csv", "")).containsExactly("seed data (e.csv): the file holds no sample");
        assertThat(data.size()).isZero();
    }

    @Test
    void there_are_at_most_ten_thousand_samples() throws IOException {
        StringBuilder csv = new StringBuilder("prompt,answer\n");
        for (int i = 0; i < 10_001; i++) {
            csv.append("q").append(i).append(",a\n");
        }

        assertThat(problems("many.csv", csv.toString()))
                .containsExactly(
                        "seed data (many.csv): with 10001 samples more there would be over 10000; leave some out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> data.threshold(2))
                .withMessageContaining("between 0 and 1");
    }

    private java.util.List<String> problems(String name, String content) throws IOException {
        Path file = write(name, content);
        GatewayConfigException broken = catchThrowableOfType(GatewayConfigException.class, () -> data.load(file));
        return broken.problems().stream().map(ConfigProblem::toString).toList();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }
}
