package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers beside recorded ones: members, their order and their types, the white space between them, and the events of streams. */
@Tag("recordings")
class WireVectorsMediaTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared"), "data", "wire-vectors", "core");

    private final Sim sim = Sim.standard();

    @BeforeEach
    void recordings_are_there() {
        assumeTrue(Files.isDirectory(VECTORS), "no recordings at " + VECTORS.toAbsolutePath());
    }

    @Test
    void moderations_look_like_the_recording() {
        Sim.Answer answer = sim.post("/v1/moderations", request("moderations-text"));

        String recorded = recorded("moderations-text.response.json");
        assertThat(shape(answer.body())).isEqualTo(shape(recorded));
        assertThat(withoutValues(answer.body())).isEqualTo(withoutValues(recorded));
    }

    @Test
    void edited_pictures_look_like_the_recording() {
        Sim.Answer answer = sim.post("/v1/images/edits", request("images-edit-gpt-image-2"));

        String recorded = recorded("images-edit-gpt-image-2.response.json");
        assertThat(shape(answer.body())).isEqualTo(shape(recorded));
        assertThat(withoutValues(answer.body())).isEqualTo(withoutValues(recorded));
        // The recording shortened the picture that was sent, but not its head; so the bill is the same.
        assertThat(Trees.of(answer.body()).path("usage"))
                .isEqualTo(Trees.of(recorded).path("usage"));
        assertThat(Trees.of(answer.body()).path("size"))
                .isEqualTo(Trees.of(recorded).path("size"));
    }

    @Test
    void transcripts_look_like_the_recording() {
        Multipart form = new Multipart().field("model", "whisper-1").file("file", "ruby.wav", new byte[60_000]);

        Sim.Answer answer = sim.form("/v1/audio/transcriptions", form);

        String recorded = recorded("transcription-json.response.json");
        assertThat(withoutValues(answer.body())).isEqualTo(withoutValues(recorded));
    }

    @Test
    void streamed_transcripts_look_like_the_recording() {
        String text = "Ruby is a programming language designed for developer happiness.";
        byte[] sound = sim.post(
                        "/v1/audio/speech",
                        "{\"model\": \"tts-1\", \"voice\": \"alloy\", \"response_format\": \"wav\", \"input\": \""
                                + text + "\"}")
                .bytes();
        Multipart form = new Multipart()
                .field("model", "gpt-4o-transcribe")
                .field("stream", "true")
                .file("file", "ruby.wav", sound);

        Sim.Answer answer = sim.form("/v1/audio/transcriptions", form);

        // All but the number of audio tokens, which is that of another speaker.
        assertThat(answer.body().replaceAll("(total|input|audio)_tokens\":\\d+", "$1_tokens\":0"))
                .isEqualTo(recorded("transcription-stream.response.sse")
                        .replaceAll("(total|input|audio)_tokens\":\\d+", "$1_tokens\":0"));
    }

    @Test
    void a_parameter_that_the_model_does_not_know_is_refused_like_in_the_recording() {
        Sim.Answer answer = sim.post("/v1/images/generations", request("error-400-unknown-parameter"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(recorded("error-400-unknown-parameter.response.json"));
    }

    private static String request(String name) {
        return Trees.of(recorded(name + ".meta.json")).at("/request/body_json").toString();
    }

    private static String recorded(String file) {
        try {
            return Files.readString(VECTORS.resolve(file));
        } catch (IOException e) {
            throw new AssertionError("recording " + file, e);
        }
    }

    private static List<String> shape(String json) {
        List<String> lines = new ArrayList<>();
        collect("", Trees.of(json), lines);
        return lines;
    }

    private static void collect(String path, JsonNode node, List<String> lines) {
        lines.add(path + " " + node.getNodeType());
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            collect(path + "/" + member.getKey(), member.getValue(), lines);
        }
        if (node.isArray()) {
            node.forEach(element -> collect(path + "/*", element, lines));
        }
    }

    /** The text with all values alike, so that names and white space remain. */
    private static String withoutValues(String json) {
        return json.lines()
                        .map(line -> line.replaceAll("\": \"[^\"]*\"", "\": \"\"")
                                .replaceAll("\": -?[0-9][0-9.e-]*", "\": 0")
                                .replaceAll("\":\"[^\"]*\"", "\":\"\"")
                                .replaceAll("\":[0-9]+", "\":0"))
                        .collect(Collectors.joining("\n"))
                + (json.endsWith("\n") ? "\n" : "");
    }
}
