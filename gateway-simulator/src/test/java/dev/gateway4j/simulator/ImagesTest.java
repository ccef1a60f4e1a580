package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImagesTest {
    private static final String PATH = "/v1/images/generations";

    private final Sim sim = Sim.standard();

    @Test
    void a_png_can_be_read_and_has_the_size_that_was_asked_for() throws IOException {
        JsonNode answer = generate("\"model\": \"gpt-image-2\", \"prompt\": \"a fox\", \"size\": \"1536x864\"");

        byte[] file = picture(answer, 0);
        BufferedImage image = decoded(file);
        assertThat(image.getWidth()).isEqualTo(1536);
        assertThat(image.getHeight()).isEqualTo(864);
        assertThat(answer.path("size").asText()).isEqualTo("1536x864");
        assertThat(file.length).isLessThan(20_000);
        assertThat(colours(image)).isGreaterThan(5);
    }

    @ParameterizedTest
    @CsvSource({"1024x1024", "1024x1536"})
    void a_jpeg_can_be_read_and_shows_what_the_png_shows(String size) throws IOException {
        String common = "\"model\": \"gpt-image-1\", \"prompt\": \"a fox\", \"size\": \"" + size + "\"";
        BufferedImage png = decoded(picture(generate(common), 0));
        BufferedImage jpeg = decoded(picture(generate(common + ", \"output_format\": \"jpeg\""), 0));

        assertThat(jpeg.getWidth()).isEqualTo(png.getWidth());
        assertThat(jpeg.getHeight()).isEqualTo(png.getHeight());
        for (int i = 0; i < 16; i++) {
            int x = i * jpeg.getWidth() / 16 + 20;
            int y = i * jpeg.getHeight() / 16 + 20;
            for (int shift = 0; shift < 24; shift += 8) {
                int difference = (png.getRGB(x, y) >> shift & 0xff) - (jpeg.getRGB(x, y) >> shift & 0xff);
                assertThat(Math.abs(difference)).isLessThan(4);
            }
        }
    }

    @Test
    void a_webp_tells_its_size() {
        byte[] file = picture(
                generate(
                        "\"model\": \"gpt-image-1\", \"prompt\": \"a fox\", \"size\": \"1536x1024\", \"output_format\": \"webp\""),
                0);

        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(new String(file, 8, 8, StandardCharsets.US_ASCII)).isEqualTo("WEBPVP8L");
        int packed = (file[21] & 0xff) | (file[22] & 0xff) << 8 | (file[23] & 0xff) << 16 | (file[24] & 0xff) << 24;
        assertThat((packed & 0x3fff) + 1).isEqualTo(1536);
        assertThat((packed >> 14 & 0x3fff) + 1).isEqualTo(1024);
        assertThat((file[4] & 0xff) + 8).isEqualTo(file.length);
    }

    @Test
    void one_prompt_is_always_the_same_picture_and_two_prompts_are_two() {
        JsonNode first = generate("\"model\": \"gpt-image-1\", \"prompt\": \"a fox\", \"n\": 2");
        JsonNode again = generate("\"model\": \"gpt-image-1\", \"prompt\": \"a fox\"");
        JsonNode other = generate("\"model\": \"gpt-image-1\", \"prompt\": \"a hen\"");

        assertThat(picture(first, 0)).isEqualTo(picture(again, 0));
        assertThat(picture(first, 1)).isNotEqualTo(picture(first, 0));
        assertThat(picture(other, 0)).isNotEqualTo(picture(again, 0));
    }

    @Test
    void a_transparent_background_can_be_seen_through() throws IOException {
        JsonNode answer =
                generate("\"model\": \"gpt-image-1\", \"prompt\": \"a fox\", \"background\": \"transparent\"");

        assertThat(decoded(picture(answer, 0)).getColorModel().hasAlpha()).isTrue();
        assertThat(answer.path("background").asText()).isEqualTo("transparent");
    }

    @Test
    void a_url_points_to_a_picture_that_can_be_fetched() throws IOException {
        JsonNode answer = generate("\"model\": \"dall-e-3\", \"prompt\": \"a fox\", \"size\": \"1792x1024\"");

        String url = answer.at("/data/0/url").asText();
        assertThat(url).startsWith("https://api.openai.com/v1/images/content/img-");
        assertThat(answer.at("/data/0/revised_prompt").asText()).isEqualTo("a fox");
        Sim.Answer file = sim.get(url.substring("https://api.openai.com".length()));
        assertThat(file.header("content-type")).isEqualTo("image/png");
        assertThat(decoded(file.bytes()).getWidth()).isEqualTo(1792);
        assertThat(sim.get("/v1/images/content/img-unknown.png").status()).isEqualTo(404);
    }

    @Test
    void a_stream_shows_unfinished_pictures_and_then_the_finished_one() throws IOException {
        Sim.Answer answer = sim.post(
                PATH, "{\"model\": \"gpt-image-1\", \"prompt\": \"a fox\", \"stream\": true, \"partial_images\": 2}");

        List<JsonNode> events = answer.data().stream().map(Trees::of).toList();
        assertThat(answer.header("content-type")).startsWith("text/event-stream");
        assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: image_generation.partial_image",
                        "event: image_generation.partial_image",
                        "event: image_generation.completed");
        assertThat(events)
                .extracting(event -> event.path("partial_image_index").asInt(-1))
                .containsExactly(0, 1, -1);
        assertThat(events.get(2).at("/usage/output_tokens").asInt()).isEqualTo(1056 + 200);
        for (JsonNode event : events) {
            byte[] file = Base64.getDecoder().decode(event.path("b64_json").asText());
            assertThat(decoded(file).getWidth()).isEqualTo(1024);
        }
    }

    @Test
    void an_edit_takes_files_and_bills_them() throws IOException {
        byte[] source = picture(generate("\"model\": \"gpt-image-2\", \"prompt\": \"logo\", \"size\": \"128x128\""), 0);
        Multipart form = new Multipart()
                .field("model", "gpt-image-2")
                .field("prompt", "turn the logo to green")
                .field("n", "1")
                .field("quality", "low")
                .field("size", "1536x864")
                .file("image[]", "a.png", source);

        JsonNode answer = Trees.of(sim.form("/v1/images/edits", form).body());

        // The numbers of a recording.
        assertThat(answer.at("/usage/input_tokens").asInt()).isEqualTo(76);
        assertThat(answer.at("/usage/input_tokens_details/image_tokens").asInt())
                .isEqualTo(64);
        assertThat(answer.at("/usage/output_tokens").asInt()).isEqualTo(120);
        assertThat(decoded(picture(answer, 0)).getWidth()).isEqualTo(1536);
    }

    @Test
    void an_edit_refuses_what_is_no_picture() {
        Sim.Answer answer = sim.post(
                "/v1/images/edits",
                "{\"model\": \"gpt-image-1\", \"prompt\": \"x\", \"images\": [{\"image_url\": \"data:image/png;base64,AAAA\"}]}");

        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(error.path("type").asText()).isEqualTo("image_generation_user_error");
        assertThat(error.path("code").asText()).isEqualTo("invalid_image_file");
        assertThat(error.path("param").asText()).isEqualTo("images[0].image_url");
    }

    @Test
    void a_variation_depends_on_its_picture() {
        byte[] one = picture(generate("\"model\": \"gpt-image-2\", \"prompt\": \"one\", \"size\": \"64x64\""), 0);
        byte[] two = picture(generate("\"model\": \"gpt-image-2\", \"prompt\": \"two\", \"size\": \"64x64\""), 0);

        assertThat(variation(one)).isEqualTo(variation(one)).isNotEqualTo(variation(two));
    }

    @Test
    void errors_are_those_of_the_service() {
        assertThat(error("\"model\": \"dall-e-2\", \"prompt\": \"a cat\", \"quality\": \"standard\""))
                .isEqualTo("Unknown parameter: 'quality'.");
        assertThat(error("\"model\": \"gpt-image-1\", \"prompt\": \"a cat\", \"response_format\": \"url\""))
                .isEqualTo("Unknown parameter: 'response_format'.");
        assertThat(error("\"model\": \"gpt-image-1\", \"prompt\": \"a cat\", \"size\": \"99x99\""))
                .startsWith("Invalid value: '99x99'. Supported values are: '1024x1024'");
        assertThat(error("\"model\": \"gpt-image-2\", \"prompt\": \"a cat\", \"size\": \"100x100\""))
                .contains("divisible by 16");
        assertThat(error("\"model\": \"gpt-image-1\"")).isEqualTo("Missing required parameter: 'prompt'.");
        assertThat(error("\"model\": \"gpt-image-1\", \"prompt\": \"a\", \"n\": 11"))
                .contains("above maximum value");
    }

    @Test
    void a_prompt_that_is_not_to_be_shown_is_blocked() {
        Sim.Answer answer = sim.post(PATH, "{\"model\": \"gpt-image-1\", \"prompt\": \"hardcore sex scene\"}");

        JsonNode error = Trees.of(answer.body()).path("error");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(error.path("code").asText()).isEqualTo("moderation_blocked");
        assertThat(error.path("message").asText()).contains("safety_violations=[sexual].");
        assertThat(error.at("/moderation_details/categories/0").asText()).isEqualTo("sexual");
    }

    private byte[] variation(byte[] source) {
        Multipart form = new Multipart()
                .field("response_format", "b64_json")
                .field("size", "256x256")
                .file("image", "a.png", source);
        return picture(Trees.of(sim.form("/v1/images/variations", form).body()), 0);
    }

    private String error(String members) {
        return generate(members).at("/error/message").asText();
    }

    private JsonNode generate(String members) {
        return Trees.of(sim.post(PATH, "{" + members + "}").body());
    }

    private static byte[] picture(JsonNode answer, int index) {
        return Base64.getDecoder()
                .decode(answer.path("data").path(index).path("b64_json").asText());
    }

    private static BufferedImage decoded(byte[] file) throws IOException {
        ImageIO.setUseCache(false);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        assertThat(image).isNotNull();
        return image;
    }

    private static long colours(BufferedImage image) {
        return IntStream.range(0, image.getHeight())
                .flatMap(y -> IntStream.of(image.getRGB(10, y), image.getRGB(image.getWidth() / 2, y)))
                .distinct()
                .count();
    }
}
