package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tools that OpenAI runs are used where the prompt asks for what they do. */
class HostedToolsTest {
    private static final String TOOLS = """
            [{"type": "image_generation", "size": "1536x1024"}, {"type": "web_search"},
             {"type": "code_interpreter", "container": {"type": "auto"}}]""";

    private final Sim sim = Sim.standard();

    @Test
    void what_is_to_be_drawn_is_a_picture_of_the_size_that_was_asked_for() throws IOException {
        JsonNode call = ask("Draw a red circle", TOOLS).at("/output/0");

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(call.path("result").asText())));

        assertThat(call.path("id").asText()).matches("ig_[0-9a-f]{50}");
        assertThat(call.path("revised_prompt").asText()).isEqualTo("Draw a red circle");
        assertThat(call.path("size").asText()).isEqualTo("1536x1024");
        assertThat(List.of(picture.getWidth(), picture.getHeight())).containsExactly(1536, 1024);
    }

    @ParameterizedTest
    @CsvSource({
        "Paint a fox, image_generation_call",
        "What is the latest Ruby version?, web_search_call",
        "Any news from Paris?, web_search_call",
        "Calculate the mean of my numbers, code_interpreter_call",
        "Tell me a joke, message"
    })
    void the_prompt_decides_which_one(String prompt, String item) {
        assertThat(ask(prompt, TOOLS).at("/output/0/type").asText()).isEqualTo(item);
    }

    @Test
    void code_is_code() {
        assertThat(ask("Calculate six times nine", TOOLS).at("/output/0/code").asText())
                .startsWith("print(");
    }

    @Test
    void files_of_a_vector_store_are_found_and_cited() {
        String file = id(sim.upload("/v1/files", "file", "cats.txt", "Cats hunt mice.", "purpose", "assistants"));
        String store = id(sim.post("/v1/vector_stores", "{\"file_ids\": [\"" + file + "\"]}"));
        sim.pass(Duration.ofSeconds(5));

        JsonNode response = ask(
                "Which animals hunt mice?", "[{\"type\": \"file_search\", \"vector_store_ids\": [\"" + store + "\"]}]");

        assertThat(response.at("/output/0/queries/0").asText()).isEqualTo("Which animals hunt mice?");
        assertThat(response.at("/output/0/results/0/text").asText()).isEqualTo("Cats hunt mice.");
        assertThat(response.at("/output/1/content/0/annotations/0/file_id").asText())
                .isEqualTo(file);
    }

    @Test
    void a_vector_store_made_elsewhere_is_searched_in_vain() {
        JsonNode response =
                ask("Which animals hunt mice?", "[{\"type\": \"file_search\", \"vector_store_ids\": [\"vs_1\"]}]");

        assertThat(response.at("/output/0/results")).isEmpty();
        assertThat(response.path("status").asText()).isEqualTo("completed");
    }

    private JsonNode ask(String prompt, String tools) {
        Sim.Answer answer = sim.post(
                "/v1/responses",
                "{\"model\": \"gpt-4o\", \"include\": [\"file_search_call.results\"], \"input\": \"" + prompt
                        + "\", \"tools\": " + tools + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return Trees.of(answer.body());
    }

    private static String id(Sim.Answer answer) {
        return Trees.of(answer.body()).path("id").asText();
    }
}
