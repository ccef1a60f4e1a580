package dev.gateway4j.okhttp.internal.cache.shape;

import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.json;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.reason;
import static dev.gateway4j.okhttp.internal.cache.shape.Bodies.stored;
import static dev.gateway4j.okhttp.internal.cache.shape.Streams.assertSound;
import static dev.gateway4j.okhttp.internal.cache.shape.Streams.comparable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.cache.shape.Recordings.Recording;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What other people recorded, kept, cut and converted. Runs where the recordings are. */
@Tag("recordings")
class RecordedAnswersTest {
    private static final int WHOLE = 4_000;
    private static final int TAIL = 800;
    private static final int STEP = 499;

    @BeforeEach
    void recordings_are_there() {
        assumeTrue(Files.isDirectory(Recordings.DATA), "no recordings at " + Recordings.DATA.toAbsolutePath());
    }

    @Test
    void all_good_answers_are_kept_and_all_others_are_not_for_a_known_reason() {
        Map<String, Integer> reasons = new TreeMap<>();
        for (Recording recording : Recordings.all()) {
            String reason = reason(Examination.of(recording.landed(), CacheConfig.defaults()));
            reasons.merge(reason, 1, Integer::sum);
            assertThat(reason.equals("status not 200")).as(recording.name()).isEqualTo(recording.status() != 200);
        }

        assertThat(reasons).containsOnlyKeys("fit", "cut by length", "refused", "unfinished", "status not 200");
        assertThat(reasons.get("fit")).isGreaterThan(250);
        assertThat(reasons.get("unfinished")).as("a response that is queued").isEqualTo(1);
    }

    /** Every byte of those that are short; of the others every byte of the end, and some before. */
    @Test
    void no_answer_is_kept_before_its_last_byte_that_matters() {
        for (Recording recording : Recordings.all()) {
            if (!(Examination.of(recording.landed(), CacheConfig.defaults()) instanceof Examination.Fit fit)) {
                continue;
            }
            byte[] whole = fit.answer().body();
            int matters = lastThatMatters(recording, whole);
            for (int cut = 0; cut <= whole.length; cut = next(cut, whole.length)) {
                Landed landed = Bodies.landed(recording.endpoint(), recording.type(), Arrays.copyOf(whole, cut));
                boolean kept = Examination.of(landed, CacheConfig.defaults()) instanceof Examination.Fit;
                assertThat(kept)
                        .as("%s cut at %s of %s", recording, cut, whole.length)
                        .isEqualTo(cut >= matters);
            }
        }
    }

    private static int next(int cut, int length) {
        return length <= WHOLE || cut >= length - TAIL ? cut + 1 : Math.min(cut + STEP, length - TAIL);
    }

    private static int lastThatMatters(Recording recording, byte[] whole) {
        String text = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1);
        if (!recording.isStream()) {
            return text.stripTrailing().length();
        }
        String ending = recording.endpoint().equals(Bodies.RESPONSES)
                ? "data: {\"type\":\"response.completed\""
                : "data: [DONE]";
        int last = text.indexOf(ending);
        return text.indexOf("\n\n", last) + 2;
    }

    @Test
    void a_plain_answer_comes_back_from_its_stream_as_it_was() {
        int converted = 0;
        for (Recording recording : fit(false)) {
            StoredAnswer answer = stored(Examination.of(recording.landed(), CacheConfig.defaults()));
            Rendition stream = assertSound(answer.as(true, true).orElseThrow());

            StoredAnswer again = stored(recording.endpoint(), Bodies.EVENTS, Bodies.text(stream));
            byte[] back = again.as(false, true).orElseThrow().body();

            assertThat(comparable(json(back))).as(recording.name()).isEqualTo(comparable(json(answer.body())));
            assertThat(again.usage()).as(recording.name()).isEqualTo(answer.usage());
            converted++;
        }
        assertThat(converted).isGreaterThan(140);
    }

    @Test
    void a_stream_says_the_same_as_a_plain_answer() {
        int converted = 0;
        for (Recording recording : fit(true)) {
            StoredAnswer answer = stored(Examination.of(recording.landed(), CacheConfig.defaults()));
            StoredAnswer known = answer.usage().isPresent() ? answer : answer.withUsage(Usage.of(1, 1));

            Rendition plain = assertSound(known.as(false, false).orElseThrow());

            StoredAnswer again = stored(recording.endpoint(), plain.contentType(), Bodies.text(plain));
            // Some servers say impossible things, such as more reasoning than output: these are passed on, but not
            // believed.
            boolean said = saysUsage(recording);
            assertThat(again.usage()).as(recording.name()).isEqualTo(said ? answer.usage() : known.usage());
            assertThat(again.model()).as(recording.name()).isEqualTo(answer.model());
            assertThat(answer.as(false, false).isPresent()).as(recording.name()).isEqualTo(said);
            if (!recording.endpoint().equals(Bodies.RESPONSES)) {
                assertSameWords(recording, answer, json(plain.body()));
            }
            converted++;
        }
        assertThat(converted).isGreaterThan(110);
    }

    /** A second opinion: the words of all chunks, joined by another reader of JSON. */
    private static void assertSameWords(Recording recording, StoredAnswer stream, JsonNode plain) {
        Map<Integer, StringBuilder> content = new TreeMap<>();
        Map<String, StringBuilder> arguments = new TreeMap<>();
        Rendition rendition = stream.as(true, false).orElseThrow();
        for (JsonNode chunk : Streams.data(rendition)) {
            for (JsonNode choice : chunk.path("choices")) {
                int index = choice.path("index").asInt();
                JsonNode delta = choice.path("delta");
                content.computeIfAbsent(index, unused -> new StringBuilder())
                        .append(delta.path("content").asText(""))
                        .append(choice.path("text").asText(""));
                delta.path("tool_calls").forEach(call -> arguments
                        .computeIfAbsent(index + "/" + call.path("index").asInt(), unused -> new StringBuilder())
                        .append(call.at("/function/arguments").asText("")));
            }
        }
        StringBuilder whole = new StringBuilder();
        StringBuilder calls = new StringBuilder();
        for (JsonNode choice : plain.path("choices")) {
            whole.append(choice.at("/message/content").asText(""))
                    .append(choice.path("text").asText(""));
            choice.at("/message/tool_calls")
                    .forEach(call -> calls.append(call.at("/function/arguments").asText("")));
        }
        assertThat(whole).as(recording.name()).hasToString(String.join("", content.values()));
        assertThat(calls).as(recording.name()).hasToString(String.join("", arguments.values()));
    }

    @Test
    void a_stream_without_its_usage_differs_by_nothing_else() {
        int cut = 0;
        for (Recording recording : fit(true)) {
            StoredAnswer answer = stored(Examination.of(recording.landed(), CacheConfig.defaults()));

            Rendition without = assertSound(answer.as(true, false).orElseThrow());

            String expected = recording.endpoint().equals(Bodies.RESPONSES)
                    ? recording.body()
                    : recording
                            .body()
                            .replaceAll("data: [^\n]*\"choices\": ?\\[\\][^\n]*\"usage\": ?\\{[^\n]*\n\n", "")
                            .replace(",\"usage\":null", "");
            assertThat(Bodies.text(without)).as(recording.name()).isEqualTo(expected);
            cut += without.body().length < answer.body().length ? 1 : 0;
        }
        assertThat(cut).isGreaterThan(20);
    }

    @Test
    void a_stream_with_a_usage_that_was_not_said_is_the_same_but_for_one_chunk() {
        Usage usage = new Usage(9, 2, 1, 5, 3);
        for (Recording recording : fit(true)) {
            StoredAnswer answer = stored(Examination.of(recording.landed(), CacheConfig.defaults()));
            if (saysUsage(recording)) {
                continue;
            }

            Rendition with = assertSound(answer.withUsage(usage).as(true, true).orElseThrow());
            StoredAnswer again = stored(recording.endpoint(), with.contentType(), Bodies.text(with));

            assertThat(again.usage()).contains(usage);
            assertThat(again.as(true, false).orElseThrow().body())
                    .asString(UTF_8)
                    .isEqualTo(Bodies.text(answer.as(true, false).orElseThrow()));
        }
    }

    @Test
    void embeddings_that_were_recorded_are_taken_apart_and_put_together() {
        int done = 0;
        for (Recording recording : Recordings.all()) {
            if (recording.endpoint().equals(Bodies.EMBEDDINGS) && recording.status() == 200) {
                StoredAnswer answer = stored(Examination.of(recording.landed(), CacheConfig.defaults()));
                int count = json(answer.body()).path("data").size();
                String inputs = String.join(",", java.util.Collections.nCopies(count, "\"x\""));
                EmbeddingBatch batch = EmbeddingBatch.of(("{\"input\":[" + inputs + "]}").getBytes(UTF_8))
                        .orElseThrow();
                int[] all = java.util.stream.IntStream.range(0, count).toArray();

                Optional<List<StoredAnswer>> singles = batch.split(answer, all);
                StoredAnswer again = batch.recombine(singles.orElseThrow()).orElseThrow();

                assertThat(json(again.body())).isEqualTo(json(answer.body()));
                done++;
            }
        }
        assertThat(done).isGreaterThan(5);
    }

    private static boolean saysUsage(Recording recording) {
        return recording.body().replace(" ", "").contains("\"usage\":{");
    }

    private static List<Recording> fit(boolean stream) {
        return Recordings.all().stream()
                .filter(recording -> recording.isStream() == stream)
                .filter(recording -> Dialect.of(recording.endpoint()).streams())
                .filter(recording ->
                        Examination.of(recording.landed(), CacheConfig.defaults()) instanceof Examination.Fit)
                .toList();
    }
}
