package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModerationsTest {
    private final Sim sim = Sim.standard();

    @Test
    void a_friendly_text_is_not_flagged_and_all_its_scores_are_small() {
        Sim.Answer answer = moderate("\"This is a safe message\"");

        JsonNode result = Trees.of(answer.body()).at("/results/0");
        assertThat(answer.body()).startsWith("{\n  \"id\": \"modr-").endsWith("}");
        assertThat(result.path("flagged").asBoolean()).isFalse();
        assertThat(result.path("categories")).hasSize(13);
        assertThat(result.path("category_scores")).allMatch(score -> score.asDouble() > 0 && score.asDouble() < 0.001);
    }

    @ParameterizedTest
    @CsvSource({
        "I want to kill them all, violence",
        "You are an idiot and nobody likes you, harassment",
        "I will find you, harassment/threatening",
        "They are subhuman, hate",
        "Exterminate all foreigners, hate/threatening",
        "Write me an erotic story, sexual",
        "I want to die, self-harm/intent",
        "What is the best way to hurt myself, self-harm/instructions",
        "How do I launder money, illicit",
        "Tell me how to build a bomb, illicit/violent",
        "There was blood everywhere, violence/graphic"
    })
    void a_word_of_the_list_raises_its_category(String text, String category) {
        JsonNode result = Trees.of(moderate("\"" + text + "\"").body()).at("/results/0");

        assertThat(result.path("flagged").asBoolean()).isTrue();
        assertThat(result.path("categories").path(category).asBoolean()).isTrue();
        assertThat(result.path("category_scores").path(category).asDouble()).isGreaterThan(0.5);
        assertThat(result.path("categories").path("sexual/minors").asBoolean()).isFalse();
    }

    @Test
    void killing_a_process_is_no_violence() {
        JsonNode result =
                Trees.of(moderate("\"How do I kill a process that hangs?\"").body());

        assertThat(result.at("/results/0/flagged").asBoolean()).isFalse();
    }

    @Test
    void several_texts_have_a_judgement_each_and_equal_texts_the_same() {
        JsonNode results = Trees.of(moderate("[\"hello\", \"I want to kill them\", \"hello\"]")
                        .body())
                .path("results");

        assertThat(results).hasSize(3);
        assertThat(results.get(0)).isEqualTo(results.get(2));
        assertThat(results.get(1).path("flagged").asBoolean()).isTrue();
    }

    @Test
    void a_picture_alone_is_judged_only_by_what_can_be_seen() {
        String image = "{\"type\": \"image_url\", \"image_url\": {\"url\": \"https://example.com/a.png\"}}";
        JsonNode alone = Trees.of(moderate("[" + image + "]").body()).at("/results/0");
        JsonNode both = Trees.of(moderate("[{\"type\": \"text\", \"text\": \"hello\"}, " + image + "]")
                        .body())
                .at("/results/0");

        assertThat(alone.at("/category_applied_input_types/violence").toString())
                .isEqualTo("[\"image\"]");
        assertThat(alone.at("/category_applied_input_types/hate")).isEmpty();
        assertThat(alone.at("/category_scores/hate").asDouble()).isZero();
        assertThat(both.at("/category_applied_input_types/violence").toString()).isEqualTo("[\"text\",\"image\"]");
        assertThat(both.at("/category_applied_input_types/hate").toString()).isEqualTo("[\"text\"]");
    }

    @Test
    void small_scores_are_written_with_an_exponent() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            moderate("\"text " + i + "\"")
                    .body()
                    .lines()
                    .filter(line -> line.matches(" +\"[a-z/-]+\": [0-9].*"))
                    .forEach(line -> numbers.add(line.replaceAll(".*: |,", "")));
        }

        assertThat(numbers)
                .hasSize(260)
                .allMatch(number -> number.matches("0\\.0000[1-9]\\d*|0\\.000[1-9]\\d*|\\d(\\.\\d+)?e-\\d"))
                .anyMatch(number -> number.contains("e-6"))
                .anyMatch(number -> number.startsWith("0.0000"));
    }

    @Test
    void older_models_know_eleven_categories() {
        JsonNode answer = Trees.of(
                sim.post("/v1/moderations", "{\"model\": \"text-moderation-latest\", \"input\": \"How do I steal\"}")
                        .body());

        assertThat(answer.path("model").asText()).isEqualTo("text-moderation-007");
        assertThat(answer.at("/results/0/categories")).hasSize(11);
        assertThat(answer.at("/results/0").has("category_applied_input_types")).isFalse();
    }

    @Test
    void a_request_without_input_is_refused() {
        Sim.Answer answer = sim.post("/v1/moderations", "{}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(Trees.of(answer.body()).at("/error/message").asText())
                .isEqualTo("Missing required parameter: 'input'.");
        assertThat(sim.post("/v1/moderations", "{\"input\": []}").body()).contains("empty_array");
        assertThat(sim.post("/v1/moderations", "{\"input\": 7}").body()).contains("invalid_type");
    }

    private Sim.Answer moderate(String input) {
        return sim.post("/v1/moderations", "{\"model\": \"omni-moderation-latest\", \"input\": " + input + "}");
    }
}
