package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.media.SoundLength;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AudioTest {
    private static final String TEXT = "The quick brown fox jumps over the lazy dog, and then it sleeps.";
    private static final double SECONDS = TEXT.length() / 15.0;

    private final Sim sim = Sim.standard();

    @Test
    void a_wav_can_be_played_and_is_as_long_as_its_text_takes() throws IOException, UnsupportedAudioFileException {
        Sim.Answer answer = speech("wav", "");

        assertThat(answer.header("content-type")).isEqualTo("audio/wav");
        AudioInputStream sound = AudioSystem.getAudioInputStream(new ByteArrayInputStream(answer.bytes()));
        assertThat(sound.getFormat().getSampleRate()).isEqualTo(24_000);
        assertThat(sound.getFrameLength() / 24_000.0).isEqualTo(SECONDS, within(0.01));
        byte[] samples = sound.readAllBytes();
        assertThat(samples).hasSize((int) sound.getFrameLength() * 2);
        int loudest = 0;
        for (int i = 0; i < samples.length; i += 2) {
            loudest = Math.max(loudest, Math.abs(samples[i + 1] << 8 | (samples[i] & 0xff)));
        }
        assertThat(loudest).isBetween(3_000, 7_000);
    }

    @ParameterizedTest
    @CsvSource({"mp3, audio/mpeg", "opus, audio/opus", "aac, audio/aac", "flac, audio/flac", "wav, audio/wav"})
    void every_container_is_as_long_as_its_text_takes(String format, String type) {
        Sim.Answer answer = speech(format, "");

        assertThat(answer.header("content-type")).isEqualTo(type);
        assertThat(SoundLength.seconds(answer.bytes())).isEqualTo(SECONDS, within(0.05));
    }

    @Test
    void mp3_frames_follow_each_other_to_the_end() {
        byte[] file = speech("mp3", "").bytes();

        int at = 10 + (file[9] & 0x7f);
        assertThat(new String(file, 0, 3, StandardCharsets.US_ASCII)).isEqualTo("ID3");
        while (at < file.length) {
            assertThat(ByteBuffer.wrap(file).getInt(at)).isEqualTo(0xfff344c4);
            at += 96;
        }
        assertThat(at).isEqualTo(file.length);
    }

    @Test
    void ogg_pages_have_the_right_checksums_and_positions() {
        ByteBuffer file = ByteBuffer.wrap(speech("opus", "").bytes()).order(ByteOrder.LITTLE_ENDIAN);

        int at = 0;
        int pages = 0;
        long position = 0;
        while (at < file.limit()) {
            int segments = file.get(at + 26) & 0xff;
            int length = 27 + segments;
            for (int i = 0; i < segments; i++) {
                length += file.get(at + 27 + i) & 0xff;
            }
            byte[] page = new byte[length];
            file.get(at, page);
            int told = file.getInt(at + 22);
            ByteBuffer.wrap(page).putInt(22, 0);
            assertThat(checksum(page)).isEqualTo(told);
            assertThat(file.getInt(at + 18)).isEqualTo(pages++);
            position = file.getLong(at + 6);
            at += length;
        }
        assertThat(pages).isGreaterThan(3);
        assertThat(position / 48_000.0).isEqualTo(SECONDS, within(0.05));
    }

    @Test
    void flac_holds_the_samples_of_the_wav() {
        byte[] wav = speech("wav", "").bytes();
        ByteBuffer flac = ByteBuffer.wrap(speech("flac", "").bytes());

        int samples = (wav.length - 44) / 2;
        assertThat(flac.getLong(18) & 0xfffffffffL).isEqualTo(samples);
        // Marker and block, then a frame header of eight bytes and one that tells the kind of its content.
        int first = 42 + 8 + 1;
        for (int i = 0; i < 4096; i++) {
            assertThat(flac.getShort(first + 2 * i))
                    .isEqualTo((short) ((wav[44 + 2 * i] & 0xff) | wav[45 + 2 * i] << 8));
        }
        assertThat(flac.getShort(first + 2 * 4096 + 2)).isEqualTo((short) 0xfff8);
    }

    @Test
    void twice_the_speed_is_half_the_length() {
        double slow = SoundLength.seconds(speech("wav", ", \"speed\": 1.0").bytes());
        double fast = SoundLength.seconds(speech("wav", ", \"speed\": 2.0").bytes());

        assertThat(fast).isEqualTo(slow / 2, within(0.01));
    }

    @Test
    void events_hold_the_sound_in_parts_and_end_with_usage() {
        byte[] whole = speech("pcm", "").bytes();
        Sim.Answer answer = speech("pcm", ", \"stream_format\": \"sse\"");

        List<JsonNode> events = answer.data().stream().map(Trees::of).toList();
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        for (JsonNode event : events.subList(0, events.size() - 1)) {
            assertThat(event.path("type").asText()).isEqualTo("speech.audio.delta");
            parts.writeBytes(Base64.getDecoder().decode(event.path("audio").asText()));
        }
        JsonNode last = events.get(events.size() - 1);
        assertThat(parts.toByteArray()).isEqualTo(whole);
        assertThat(answer.body()).doesNotContain("event:").doesNotContain("[DONE]");
        assertThat(last.path("type").asText()).isEqualTo("speech.audio.done");
        assertThat(last.at("/usage/output_tokens").asInt()).isEqualTo((int) (SECONDS * 20));
        assertThat(last.at("/usage/total_tokens").asInt())
                .isEqualTo(last.at("/usage/output_tokens").asInt()
                        + last.at("/usage/input_tokens").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3", "opus", "aac", "flac", "wav"})
    void what_was_said_here_is_heard_again(String format) {
        byte[] sound = speech(format, "").bytes();

        Sim.Answer answer = transcribe("gpt-4o-transcribe", sound, new Multipart());

        assertThat(Trees.of(answer.body()).path("text").asText()).isEqualTo(TEXT);
    }

    @Test
    void another_recording_has_a_text_that_fits_its_length_and_stays_the_same() {
        byte[] sound = new byte[48_000 * 4];
        byte[] other = sound.clone();
        other[5] = 1;

        String text = text(sound);
        assertThat(text).isEqualTo(text(sound)).isNotEqualTo(text(other)).endsWith(".");
        assertThat(text.split(" ", -1).length).isBetween(3, 60);
    }

    @Test
    void the_language_that_is_told_is_the_language_of_the_text() {
        Multipart german = new Multipart().field("language", "de").field("response_format", "verbose_json");

        JsonNode answer =
                Trees.of(transcribe("whisper-1", new byte[200_000], german).body());

        assertThat(answer.path("language").asText()).isEqualTo("german");
        assertThat(answer.path("text").asText())
                .containsPattern("(?i)\\b(der|die|das|und|ist|ein|eine|nicht|sie|es|den|man)\\b");
    }

    @Test
    void usage_is_by_the_second_or_by_tokens() {
        byte[] wav = wavOf(3.7);

        JsonNode seconds =
                Trees.of(transcribe("whisper-1", wav, new Multipart()).body());
        JsonNode tokens =
                Trees.of(transcribe("gpt-4o-transcribe", wav, new Multipart()).body());

        assertThat(seconds.path("usage").toString()).isEqualTo("{\"type\":\"duration\",\"seconds\":4}");
        assertThat(tokens.at("/usage/input_token_details").toString())
                .isEqualTo("{\"text_tokens\":0,\"audio_tokens\":37}");
        assertThat(tokens.at("/usage/total_tokens").asInt())
                .isEqualTo(37 + tokens.at("/usage/output_tokens").asInt());
    }

    @Test
    void verbose_json_has_times_that_cover_the_recording() {
        byte[] sound = speech("wav", "").bytes();
        Multipart form = new Multipart()
                .field("response_format", "verbose_json")
                .field("timestamp_granularities[]", "word")
                .field("timestamp_granularities[]", "segment");

        JsonNode answer = Trees.of(transcribe("whisper-1", sound, form).body());

        JsonNode words = answer.path("words");
        assertThat(words).hasSize(13);
        assertThat(words.get(0).path("start").asDouble()).isZero();
        assertThat(words.get(0).path("word").asText()).isEqualTo("The");
        assertThat(answer.at("/segments/0/end").asDouble())
                .isEqualTo(answer.path("duration").asDouble());
        assertThat(answer.path("duration").asDouble()).isEqualTo(SECONDS, within(0.02));
    }

    @Test
    void subtitles_and_plain_text_are_no_json() {
        byte[] sound = speech("wav", "").bytes();

        Sim.Answer srt = transcribe("whisper-1", sound, new Multipart().field("response_format", "srt"));
        Sim.Answer vtt = transcribe("whisper-1", sound, new Multipart().field("response_format", "vtt"));
        Sim.Answer text = transcribe("whisper-1", sound, new Multipart().field("response_format", "text"));

        assertThat(srt.body()).startsWith("1\n00:00:00,000 --> 00:00:04,2").contains("\n" + TEXT + "\n\n");
        assertThat(vtt.body()).startsWith("WEBVTT\n\n00:00:00.000 --> ");
        assertThat(text.body()).isEqualTo(TEXT + "\n");
        assertThat(text.header("content-type")).startsWith("text/plain");
    }

    @Test
    void a_stream_tells_the_text_token_by_token() {
        byte[] sound = speech("wav", "").bytes();
        Multipart form = new Multipart().field("stream", "true").field("include[]", "logprobs");

        Sim.Answer answer = transcribe("gpt-4o-transcribe", sound, form);

        List<String> data = answer.data();
        StringBuilder text = new StringBuilder();
        for (String line : data.subList(0, data.size() - 2)) {
            JsonNode event = Trees.of(line);
            assertThat(event.path("type").asText()).isEqualTo("transcript.text.delta");
            assertThat(event.path("logprobs")).hasSize(1);
            text.append(event.path("delta").asText());
        }
        JsonNode done = Trees.of(data.get(data.size() - 2));
        assertThat(text).hasToString(TEXT);
        assertThat(done.path("text").asText()).isEqualTo(TEXT);
        assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
    }

    @Test
    void speakers_are_told_apart() {
        Multipart form = new Multipart().field("response_format", "diarized_json");
        Sim.Answer whole = transcribe("gpt-4o-transcribe-diarize", new byte[400_000], form);
        Sim.Answer stream = transcribe(
                "gpt-4o-transcribe-diarize",
                new byte[400_000],
                new Multipart().field("response_format", "diarized_json").field("stream", "true"));

        JsonNode segments = Trees.of(whole.body()).path("segments");
        assertThat(segments.size()).isGreaterThan(1);
        assertThat(segments.get(0).path("speaker").asText()).isEqualTo("A");
        assertThat(segments.get(1).path("speaker").asText()).isEqualTo("B");
        assertThat(Trees.of(stream.data().get(0)).path("type").asText()).isEqualTo("transcript.text.segment");
    }

    @Test
    void a_translation_is_english_and_indented() {
        Multipart form = new Multipart().field("model", "whisper-1").file("file", "a.wav", new byte[100_000]);

        Sim.Answer answer = sim.form("/v1/audio/translations", form);

        assertThat(answer.body()).startsWith("{\n  \"text\": \"").endsWith("\"\n}\n");
    }

    @Test
    void errors_are_those_of_the_service() {
        byte[] sound = new byte[50_000];
        assertThat(message(
                        sim.post("/v1/audio/speech", "{\"model\": \"tts-1\", \"input\": \"x\", \"voice\": \"bob\"}")))
                .startsWith("Invalid value: 'bob'. Supported values are: 'alloy'");
        assertThat(message(sim.post(
                        "/v1/audio/speech",
                        "{\"model\": \"tts-1\", \"voice\": \"alloy\", \"input\": \"" + "x".repeat(4097) + "\"}")))
                .contains("maximum length 4096, but got a string with length 4097");
        assertThat(message(sim.post("/v1/audio/speech", "{\"model\": \"gpt-4o\", \"input\": \"x\"}")))
                .isEqualTo("The model `gpt-4o` does not exist or you do not have access to it.");
        assertThat(message(transcribe("gpt-4o-transcribe", sound, new Multipart().field("response_format", "srt"))))
                .isEqualTo(
                        "response_format 'srt' is not compatible with model 'gpt-4o-transcribe'. Use 'json' or 'text' instead.");
        assertThat(message(sim.form(
                        "/v1/audio/transcriptions",
                        new Multipart().field("model", "whisper-1").file("file", "a.txt", sound))))
                .startsWith("Invalid file format. Supported formats: ['flac'");
        assertThat(message(sim.form("/v1/audio/transcriptions", new Multipart().field("model", "whisper-1"))))
                .isEqualTo("Missing required parameter: 'file'.");
        assertThat(message(transcribe("whisper-1", new byte[0], new Multipart())))
                .startsWith("Audio file is too short.");
        assertThat(sim.post("/v1/audio/transcriptions", "{}").status()).isEqualTo(400);
    }

    private String text(byte[] sound) {
        return Trees.of(transcribe("gpt-4o-transcribe", sound, new Multipart()).body())
                .path("text")
                .asText();
    }

    private Sim.Answer transcribe(String model, byte[] sound, Multipart form) {
        return sim.form("/v1/audio/transcriptions", form.field("model", model).file("file", "sound", sound));
    }

    private Sim.Answer speech(String format, String more) {
        return sim.post(
                "/v1/audio/speech",
                "{\"model\": \"gpt-4o-mini-tts\", \"voice\": \"alloy\", \"input\": \"" + TEXT
                        + "\", \"response_format\": \"" + format + "\"" + more + "}");
    }

    private static String message(Sim.Answer answer) {
        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        return Trees.of(answer.body()).at("/error/message").asText();
    }

    private static byte[] wavOf(double seconds) {
        int bytes = (int) (seconds * 48_000);
        ByteBuffer file = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
        file.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
        file.putShort((short) 1)
                .putInt(24_000)
                .putInt(48_000)
                .putShort((short) 2)
                .putShort((short) 16);
        file.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
        return file.array();
    }

    private static int checksum(byte[] page) {
        int sum = 0;
        for (byte value : page) {
            sum ^= value << 24;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum << 1 ^ (sum < 0 ? 0x04c11db7 : 0);
            }
        }
        return sum;
    }
}
