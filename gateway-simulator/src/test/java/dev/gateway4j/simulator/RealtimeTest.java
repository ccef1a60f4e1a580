package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.WireHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealtimeTest {
    private static final long END = Long.MAX_VALUE / 4;
    private static final String TEXT_ONLY =
            "{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"output_modalities\": [\"text\"]}}";
    private static final String HELLO = "{\"type\": \"conversation.item.create\", \"item\": {\"type\": \"message\","
            + " \"role\": \"user\", \"content\": [{\"type\": \"input_text\", \"text\": \"hello\"}]}}";
    private static final String RESPOND = "{\"type\": \"response.create\"}";

    private final Sim sim = Sim.standard();
    private final RealtimeConnection connection = sim.realtime("model=gpt-realtime");

    @Test
    void a_turn_of_text_has_its_events_in_order() {
        say(TEXT_ONLY);
        say(HELLO);
        say(RESPOND);

        List<JsonNode> events = all();
        List<String> types = types(events);
        assertThat(types.stream().filter(type -> !type.equals("response.output_text.delta")))
                .containsExactly(
                        "session.created",
                        "session.updated",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "conversation.item.done",
                        "response.done",
                        "rate_limits.updated");
        JsonNode done = of(events, "response.done").path("response");
        String text = done.at("/output/0/content/0/text").asText();
        assertThat(text).isNotEmpty().isEqualTo(deltas(events, "response.output_text.delta"));
        assertThat(done.path("status").asText()).isEqualTo("completed");
        assertThat(done.at("/usage/output_token_details/text_tokens").asInt()).isPositive();
        assertThat(events).extracting(event -> event.path("event_id").asText()).doesNotHaveDuplicates();
        assertThat(events.get(0).path("event_id").asText()).matches("event_[0-9A-Za-z]{21}");
    }

    @Test
    void sound_comes_with_its_transcript() {
        say(HELLO);
        say(RESPOND);

        List<JsonNode> events = all();
        JsonNode done = of(events, "response.done").path("response");
        assertThat(done.at("/output/0/content/0/type").asText()).isEqualTo("output_audio");
        assertThat(done.at("/output/0/content/0/transcript").asText())
                .isEqualTo(deltas(events, "response.output_audio_transcript.delta"));
        byte[] sound = Base64.getDecoder()
                .decode(of(events, "response.output_audio.delta").path("delta").asText());
        assertThat(sound.length).isGreaterThan(1000);
        assertThat(types(events)).contains("response.output_audio.done", "response.output_audio_transcript.done");
    }

    @Test
    void the_beta_has_its_own_names() {
        RealtimeConnection beta = sim.realtime("model=gpt-4o-realtime-preview", "openai-beta", "realtime=v1");

        beta.accept("{\"type\": \"session.update\", \"session\": {\"modalities\": [\"text\"]}}", 0);
        beta.accept(HELLO, 0);
        beta.accept(RESPOND, 0);

        List<JsonNode> events = all(beta);
        assertThat(types(events))
                .startsWith("session.created", "conversation.created", "session.updated", "conversation.item.created")
                .contains("response.text.delta", "response.text.done")
                .doesNotContain("conversation.item.added", "response.output_text.delta");
        assertThat(of(events, "response.done")
                        .at("/response/output/0/content/0/type")
                        .asText())
                .isEqualTo("text");
    }

    @Test
    void a_response_that_is_cancelled_keeps_what_was_said() {
        Sim slow = Sim.of(7, "fast", List.of());
        RealtimeConnection talking = slow.realtime("model=gpt-realtime");
        talking.accept(TEXT_ONLY, 0);
        talking.accept(HELLO, 0);
        talking.accept(RESPOND, 0);
        List<JsonNode> before = new ArrayList<>();
        while (types(before).stream()
                        .filter(type -> type.equals("response.output_text.delta"))
                        .count()
                < 3) {
            before.add(Trees.of(talking.poll(END).orElseThrow()));
        }

        talking.accept("{\"type\": \"response.cancel\"}", 5);
        List<JsonNode> after = all(talking);

        JsonNode done = of(after, "response.done").path("response");
        assertThat(types(after)).doesNotContain("response.output_text.delta", "rate_limits.updated");
        assertThat(done.path("status").asText()).isEqualTo("cancelled");
        assertThat(done.at("/status_details/reason").asText()).isEqualTo("client_cancelled");
        assertThat(done.at("/output/0/status").asText()).isEqualTo("incomplete");
        assertThat(done.at("/output/0/content/0/text").asText())
                .isEqualTo(deltas(before, "response.output_text.delta"));
    }

    @Test
    void only_one_response_is_given_at_a_time() {
        say(RESPOND);
        say(RESPOND);

        JsonNode error = of(all(), "error").path("error");
        assertThat(error.path("code").asText()).isEqualTo("conversation_already_has_active_response");
        say(RESPOND);
        assertThat(types(all())).contains("response.done");
    }

    @Test
    void sound_of_the_user_becomes_an_item() {
        String sound = Base64.getEncoder().encodeToString(new byte[48 * 500]);
        say("{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"audio\": {\"input\":"
                + " {\"transcription\": {\"model\": \"whisper-1\"}, \"turn_detection\": null}}}}");
        say("{\"type\": \"input_audio_buffer.append\", \"audio\": \"" + sound + "\"}");
        say("{\"type\": \"input_audio_buffer.commit\"}");

        List<JsonNode> events = all();
        JsonNode session = of(events, "session.updated").path("session");
        JsonNode committed = of(events, "input_audio_buffer.committed");
        assertThat(session.at("/audio/input/turn_detection").isNull()).isTrue();
        assertThat(session.at("/audio/output/voice").asText()).isEqualTo("alloy");
        assertThat(of(events, "conversation.item.added").at("/item/id")).isEqualTo(committed.path("item_id"));
        assertThat(of(events, "conversation.item.input_audio_transcription.completed")
                        .path("transcript")
                        .asText())
                .isNotEmpty();
    }

    @Test
    void items_can_be_retrieved_and_deleted() {
        say(HELLO);
        String id = of(all(), "conversation.item.added").at("/item/id").asText();

        say("{\"type\": \"conversation.item.retrieve\", \"item_id\": \"" + id + "\"}");
        say("{\"type\": \"conversation.item.delete\", \"item_id\": \"" + id + "\"}");
        say("{\"type\": \"conversation.item.retrieve\", \"item_id\": \"" + id + "\"}");

        List<JsonNode> events = all();
        assertThat(types(events)).containsExactly("conversation.item.retrieved", "conversation.item.deleted", "error");
        assertThat(events.get(0).at("/item/content/0/text").asText()).isEqualTo("hello");
    }

    @Test
    void mistakes_are_told_and_the_conversation_goes_on() {
        all();
        assertThat(mistake("{broken")).isEqualTo("invalid_json");
        assertThat(mistake("{}")).isEqualTo("invalid_event");
        assertThat(mistake("{\"type\": \"dance\"}")).isEqualTo("invalid_value");
        assertThat(mistake("{\"type\": \"session.update\", \"session\": {}}")).isEqualTo("missing_required_parameter");
        assertThat(mistake("{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"colour\": 1}}"))
                .isEqualTo("unknown_parameter");
        assertThat(mistake("{\"type\": \"response.cancel\"}")).isEqualTo("response_cancel_not_active");
        assertThat(mistake("{\"type\": \"input_audio_buffer.commit\"}")).isEqualTo("input_audio_buffer_commit_empty");
        assertThat(mistake("{\"type\": \"conversation.item.create\", \"item\": {\"type\": \"song\"}}"))
                .isEqualTo("invalid_value");
        assertThat(mistake("{\"type\": \"conversation.item.create\", \"item\": {\"type\": \"message\"}}"))
                .isEqualTo("missing_required_parameter");
        say("{\"type\": \"dance\", \"event_id\": \"mine\"}");
        assertThat(of(all(), "error").at("/error/event_id").asText()).isEqualTo("mine");
        assertThat(connection.ended()).isFalse();
    }

    @Test
    void an_unknown_model_is_told_and_ends_the_conversation() {
        RealtimeConnection wrong = sim.realtime("model=gpt-nothing");

        assertThat(of(all(wrong), "error").at("/error/code").asText()).isEqualTo("model_not_found");
        assertThat(wrong.ended()).isTrue();
    }

    @Test
    void an_event_is_not_given_before_its_time() {
        Sim slow = Sim.of(7, "fast", List.of());
        RealtimeConnection talking = slow.realtime("model=gpt-realtime");
        while (talking.poll(END).isPresent()) {}
        talking.accept(RESPOND, 1_000);

        long due = talking.dueNanos().orElseThrow();

        assertThat(due).isGreaterThan(1_000);
        assertThat(talking.poll(due - 1)).isEmpty();
        assertThat(talking.poll(due)).isPresent();
        talking.close();
        assertThat(talking.dueNanos()).isEmpty();
    }

    @Test
    void the_same_words_have_the_same_answer_in_another_run() {
        RealtimeConnection other = Sim.standard().realtime("model=gpt-realtime");
        say(HELLO);
        say(RESPOND);
        other.accept(HELLO, 0);
        other.accept(RESPOND, 0);

        assertThat(all(other)).isEqualTo(all());
    }

    @Test
    void a_secret_for_a_browser_comes_with_its_session() {
        Sim.Answer answer = sim.post(
                "/v1/realtime/client_secrets",
                "{\"expires_after\": {\"anchor\": \"created_at\", \"seconds\": 60}, \"session\": {\"type\": \"realtime\","
                        + " \"model\": \"gpt-realtime\", \"audio\": {\"output\": {\"voice\": \"marin\"}}}}");

        JsonNode secret = Trees.of(answer.body());
        assertThat(secret.path("value").asText()).matches("ek_[0-9a-f]{32}");
        assertThat(secret.at("/session/audio/output/voice").asText()).isEqualTo("marin");
        assertThat(secret.at("/session/audio/output/format/rate").asInt()).isEqualTo(24_000);
        assertThat(answer.body()).startsWith("{\n  \"value\"").endsWith("}");
    }

    @Test
    void sessions_over_http_leave_out_what_is_not_set() {
        String custom =
                "{\"session\": {\"type\": \"realtime\", \"audio\": {\"output\": {\"voice\": {\"id\": \"voice_1\"}}}}}";
        JsonNode realtime =
                Trees.of(sim.post("/v1/realtime/client_secrets", custom).body()).path("session");
        JsonNode transcription = Trees.of(
                        sim.post("/v1/realtime/client_secrets", "{\"session\": {\"type\": \"transcription\"}}")
                                .body())
                .path("session");

        assertThat(realtime.has("include")).isFalse();
        assertThat(realtime.at("/audio/input").has("transcription")).isFalse();
        assertThat(realtime.at("/audio/input/noise_reduction").isNull()).isTrue();
        assertThat(realtime.at("/audio/output/voice").asText()).isEqualTo("voice_1");
        assertThat(transcription.at("/audio/input").has("noise_reduction")).isFalse();
        assertThat(transcription.path("object").asText()).isEqualTo("realtime.transcription_session");
    }

    @Test
    void a_call_is_answered_with_sdp() {
        byte[] offer = "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n".getBytes(StandardCharsets.UTF_8);

        Sim.Answer answer =
                sim.send("POST", "/v1/realtime/calls", WireHeaders.of("content-type", "application/sdp"), offer);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).startsWith("/v1/realtime/calls/rtc_");
        assertThat(answer.body()).startsWith("v=0\r\n").contains("m=audio", "a=mid:0", "a=ice-pwd:");
        assertThat(sim.post("/v1/realtime/calls/rtc_1/hangup", "").status()).isEqualTo(200);
        assertThat(sim.post("/v1/realtime/calls/rtc_1/refer", "{}").status()).isEqualTo(400);
    }

    private void say(String event) {
        connection.accept(event, 0);
    }

    private String mistake(String event) {
        say(event);
        return of(all(), "error").at("/error/code").asText();
    }

    private List<JsonNode> all() {
        return all(connection);
    }

    private static List<JsonNode> all(RealtimeConnection from) {
        List<JsonNode> events = new ArrayList<>();
        Optional<String> next = from.poll(END);
        while (next.isPresent()) {
            events.add(Trees.of(next.get()));
            next = from.poll(END);
        }
        return events;
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private static JsonNode of(List<JsonNode> events, String type) {
        return events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private static String deltas(List<JsonNode> events, String type) {
        StringBuilder text = new StringBuilder();
        events.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .forEach(event -> text.append(event.path("delta").asText()));
        return text.toString();
    }
}
