package dev.gateway4j.cassette;

import static dev.gateway4j.cassette.Shelves.ask;
import static dev.gateway4j.cassette.Shelves.chat;
import static dev.gateway4j.cassette.Shelves.hear;
import static dev.gateway4j.cassette.Shelves.naming;
import static dev.gateway4j.cassette.Shelves.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.config.CassetteConfig.Exhausted;
import dev.gateway4j.api.config.CassetteConfig.OnExpired;
import dev.gateway4j.api.config.CassetteConfig.Repeats;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.StandInProvider;
import dev.gateway4j.cassette.Shelves.Heard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassettePlayerTest {
    @TempDir
    Path directory;

    private final ManualTime time = ManualTime.advancing();

    @Test
    void a_cassette_is_chosen_by_tag_by_header_by_setting_or_by_search() {
        put(directory, "a", chat("hello", "{\"from\":\"a\"}"));
        put(directory, "b", chat("hello", "{\"from\":\"b\"}"));
        WireHeaders header = WireHeaders.of("Content-Type", "application/json", "x-cassette-name", "b");
        byte[] body = Shelves.body("hello").getBytes(StandardCharsets.UTF_8);

        assertThat(hear(player().answer(naming("b", ask("hello")))).text()).isEqualTo("{\"from\":\"b\"}");
        assertThat(hear(player().answer(Shelves.post("/v1/chat/completions", "", header, body)))
                        .text())
                .isEqualTo("{\"from\":\"b\"}");
        assertThat(hear(player(Optional.of("b"), Repeats.FIRST, Exhausted.LAST).answer(ask("hello")))
                        .text())
                .isEqualTo("{\"from\":\"b\"}");
        assertThat(hear(player().answer(ask("hello"))).text()).isEqualTo("{\"from\":\"a\"}");
    }

    @Test
    void a_search_that_finds_more_than_one_cassette_says_so_once() {
        put(directory, "a", chat("hello", "{}"));
        put(directory, "b", chat("hello", "{}"));
        put(directory, "c", chat("other", "{}"));
        CassettePlayer player = player();

        player.answer(ask("hello"));
        player.answer(ask("hello"));
        player.answer(ask("other"));

        assertThat(player.ambiguities())
                .containsExactly("POST /v1/chat/completions is answered from cassette a, and b in " + directory
                        + " would answer it too. Name the one that is meant with the header X-Cassette-Name, or delete"
                        + " the others.");
    }

    @Test
    void the_first_recording_answers_for_ever_unless_there_is_a_queue() {
        put(directory, "a", chat("hello", "1"), chat("hello", "2"));
        CassettePlayer first = player();
        CassettePlayer queue = player(Optional.empty(), Repeats.QUEUE, Exhausted.LAST);

        assertThat(texts(first, 3)).containsExactly("1", "1", "1");
        assertThat(texts(queue, 3)).containsExactly("1", "2", "2");
        queue.reset();
        assertThat(texts(queue, 1)).containsExactly("1");
    }

    @Test
    void every_request_has_a_queue_of_its_own() {
        put(directory, "a", chat("x", "x1"), chat("y", "y1"), chat("x", "x2"), chat("y", "y2"));
        CassettePlayer player = player(Optional.empty(), Repeats.QUEUE, Exhausted.LAST);

        assertThat(hear(player.answer(ask("y"))).text()).isEqualTo("y1");
        assertThat(hear(player.answer(ask("x"))).text()).isEqualTo("x1");
        assertThat(hear(player.answer(ask("y"))).text()).isEqualTo("y2");
        assertThat(hear(player.answer(ask("x"))).text()).isEqualTo("x2");
    }

    @Test
    void a_queue_that_is_used_up_refuses_until_more_is_recorded() {
        put(directory, "a", chat("hello", "1"));
        CassettePlayer player = player(Optional.of("a"), Repeats.QUEUE, Exhausted.REFUSE);
        player.answer(ask("hello"));

        Heard refused = hear(player.answer(ask("hello")));
        put(directory, "a", chat("hello", "1"), chat("hello", "2"), chat("hello", "3"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.refusal())
                .isEqualTo("Cassette a has 1 recording of this POST /v1/chat/completions, and it was played. Set"
                        + " openai.cassettes.exhausted: last to get the last one again, or record more with"
                        + " -Dgateway.mode=record.");
        assertThat(texts(player, 1)).as("the one refused had its turn").containsExactly("3");
    }

    @Test
    void under_sixteen_threads_every_recording_is_played_exactly_once() throws Exception {
        int calls = 16 * 20;
        Interaction[] interactions = IntStream.range(0, calls)
                .mapToObj(i -> chat("hello", Integer.toString(i)))
                .toArray(Interaction[]::new);
        put(directory, "a", interactions);
        CassettePlayer player = player(Optional.empty(), Repeats.QUEUE, Exhausted.REFUSE);
        CyclicBarrier together = new CyclicBarrier(16);
        Callable<List<String>> caller = () -> {
            together.await();
            return texts(player, 20);
        };
        ExecutorService pool = Executors.newFixedThreadPool(16);
        List<String> heard = new ArrayList<>();
        try {
            for (Future<List<String>> answers :
                    pool.invokeAll(IntStream.range(0, 16).mapToObj(i -> caller).toList())) {
                heard.addAll(answers.get());
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, calls).mapToObj(Integer::toString).toList());
        assertThat(player.unused()).isEmpty();
        assertThat(hear(player.answer(ask("hello"))).status()).isEqualTo(409);
    }

    @Test
    void what_was_played_and_what_was_not_is_told() {
        put(directory, "a", chat("x", "1"), chat("y", "2"), chat("z", "3"));
        put(directory, "b", chat("b", "1"));
        put(directory, "never", chat("never", "1"));
        CassettePlayer player = player();

        player.answer(naming("a", ask("y")));
        player.answer(naming("a", ask("y")));
        player.answer(naming("b", ask("nothing of the kind")));

        assertThat(player.played()).isEqualTo(Map.of("a", Map.of(1, 2L)));
        assertThat(player.unused()).isEqualTo(Map.of("a", List.of(0, 2), "b", List.of(0)));
        player.reset();
        assertThat(player.unused()).isEmpty();
    }

    @Test
    void an_unknown_name_is_refused_with_the_nearest_ones() {
        put(directory, "chat-basic", chat("x", "1"));
        put(directory, "embeddings-large", chat("x", "1"));

        Heard heard = hear(player().answer(naming("chat-basics", ask("x"))));

        assertThat(heard.status()).isEqualTo(404);
        assertThat(heard.refusal())
                .isEqualTo("There is no cassette \"chat-basics\" in " + directory
                        + ". Nearest by name: chat-basic, embeddings-large. Correct the name, or record it with"
                        + " -Dgateway.mode=record.");
    }

    @Test
    void a_name_that_is_none_is_refused_with_the_rule() {
        Heard heard = hear(player().answer(naming("../x", ask("x"))));

        assertThat(heard.status()).isEqualTo(400);
        assertThat(heard.refusal()).startsWith("The cassette \"../x\" is not the name of a cassette; write letters");
    }

    @Test
    void a_named_cassette_that_does_not_match_shows_the_difference() {
        put(directory, "a", chat("hello", "1"));

        Heard heard = hear(player().answer(naming("a", ask("hullo"))));

        assertThat(heard.status()).isEqualTo(409);
        assertThat(heard.refusal())
                .startsWith("No interaction in cassette a matches POST /v1/chat/completions.")
                .contains("/messages/0/content")
                .contains("hullo");
    }

    @Test
    void a_search_that_finds_nothing_shows_the_nearest_and_what_could_not_be_read() {
        put(directory, "a", chat("hello", "1"));
        put(directory, "broken", "version: [".getBytes(StandardCharsets.UTF_8));
        CassettePlayer player = player();

        Heard heard = hear(player.answer(ask("hullo")));

        assertThat(heard.status()).isEqualTo(404);
        assertThat(heard.refusal())
                .startsWith("No interaction in any cassette matches POST /v1/chat/completions.")
                .contains("of a: ")
                .contains("Not looked into, since they cannot be read:\n  ")
                .contains("broken.yaml");
        assertThat(hear(player.answer(ask("hello"))).text()).isEqualTo("1");
        assertThat(hear(player.answer(naming("broken", ask("hello")))).refusal())
                .contains("broken.yaml");
    }

    @Test
    void what_is_recorded_meanwhile_is_played() {
        put(directory, "a", chat("hello", "1"));
        CassettePlayer player = player();
        assertThat(hear(player.answer(ask("more"))).status()).isEqualTo(404);
        assertThat(hear(player.answer(naming("a", ask("more")))).status()).isEqualTo(409);

        put(directory, "a", chat("hello", "1"), chat("more", "2"));
        put(directory, "b", chat("new", "3"));

        assertThat(hear(player.answer(naming("a", ask("more")))).text()).isEqualTo("2");
        assertThat(hear(player.answer(naming("b", ask("new")))).text()).isEqualTo("3");
        assertThat(hear(player.answer(ask("new"))).text()).isEqualTo("3");
    }

    @Test
    void a_stale_recording_is_refused_or_warned_of() {
        put(directory, "own", dated(chat("own", "1"), "2025-11-22T00:00:00Z"));
        put(directory, "date", withDate(chat("date", "1"), "Sat, 22 Nov 2025 00:00:00 GMT"));
        put(directory, "fresh", dated(chat("fresh", "1"), "2025-12-03T00:00:00Z"));
        put(directory, "unknown", chat("unknown", "1"));
        CassettePlayer strict = player(settings(Optional.of(Duration.ofDays(30)), OnExpired.REFUSE));
        CassettePlayer lenient = player(settings(Optional.of(Duration.ofDays(30)), OnExpired.WARN));

        Heard refused = hear(strict.answer(ask("own")));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.refusal())
                .isEqualTo("Interaction 0 of " + directory.resolve("own.yaml")
                        + " was recorded 40 days ago; openai.cassettes.expires_after allows 30 days. Record it again with"
                        + " -Dgateway.mode=record, or set openai.cassettes.on_expired: warn.");
        assertThat(hear(strict.answer(ask("date"))).status()).isEqualTo(409);
        assertThat(hear(strict.answer(ask("fresh"))).status()).isEqualTo(200);
        assertThat(hear(strict.answer(ask("unknown"))).status()).isEqualTo(200);
        assertThat(hear(lenient.answer(ask("own"))).status()).isEqualTo(200);
        time.advance(Duration.ofDays(2));
        assertThat(hear(strict.answer(ask("fresh"))).status()).isEqualTo(409);
        assertThat(strict.played()).doesNotContainKey("own");
    }

    @Test
    void in_hybrid_mode_a_rule_may_have_cassettes_of_its_own() throws IOException {
        put(directory.resolve("main"), "a", chat("hello", "main"));
        put(directory.resolve("mini"), "a", mini("mini"));
        Path yaml = Files.writeString(directory.resolve("gateway.yaml"), """
                sandbox:
                  environment: development
                  openai:
                    mode: hybrid
                    cassettes: { directory: main }
                    simulated_responses:
                      - { endpoint: /v1/chat/completions, model: "*-mini", response_type: cassette, cassettes: ./mini }
                      - { endpoint: /v1/chat/completions, response_type: cassette }
                """);
        GatewayConfig config = GatewayConfig.reader()
                .file(yaml)
                .properties(Map.of())
                .variables(Map.of("OPENAI_API_KEY_DEVELOPMENT", "sk-test-blue-0000"))
                .read();
        CassettePlayer player = CassettePlayer.create(new StandInContext(config, time, 1));

        Heard mini = hear(player.answer(Shelves.post("/v1/chat/completions", MINI)));
        Heard main = hear(player.answer(ask("hello")));

        assertThat(mini.text()).isEqualTo("mini");
        assertThat(main.text()).isEqualTo("main");
        assertThat(player.played()).containsOnlyKeys("a", directory.resolve("mini") + "/a");
    }

    @Test
    void a_gateway_finds_the_player_on_the_class_path() {
        assertThat(ServiceLoader.load(StandInProvider.class))
                .filteredOn(provider -> provider.gives(ResponseType.CASSETTE))
                .hasExactlyElementsOfTypes(CassetteProvider.class);
    }

    private static final String MINI = "{\"model\":\"gpt-4o-mini\",\"messages\":[]}";

    private static Interaction mini(String answer) {
        Interaction any = chat("x", answer);
        return new Interaction(0, any.request().with(RecordedBody.of(MINI)), any.response(), any.extras());
    }

    private static Interaction dated(Interaction interaction, String at) {
        Extras extras = Extras.none().with(RecordedResponse.RECORDED_AT, at);
        return Shelves.exchange(interaction.request(), interaction.response().with(extras));
    }

    private static Interaction withDate(Interaction interaction, String date) {
        RecordedResponse response = interaction.response();
        return Shelves.exchange(
                interaction.request(), response.with(response.headers().with("Date", date)));
    }

    private static List<String> texts(CassettePlayer player, int calls) {
        return IntStream.range(0, calls)
                .mapToObj(i -> hear(player.answer(ask("hello"))).text())
                .toList();
    }

    private CassettePlayer player() {
        return CassettePlayer.builder().directory(directory).time(time).build();
    }

    private CassettePlayer player(Optional<String> name, Repeats repeats, Exhausted exhausted) {
        CassetteConfig plain = CassetteConfig.in(directory.toString());
        return player(new CassetteConfig(
                plain.directory(),
                name,
                false,
                false,
                Optional.empty(),
                OnExpired.REFUSE,
                repeats,
                exhausted,
                plain.timing(),
                plain.attempts(),
                plain.match(),
                plain.scrub()));
    }

    private CassetteConfig settings(Optional<Duration> expiresAfter, OnExpired onExpired) {
        CassetteConfig plain = CassetteConfig.in(directory.toString());
        return new CassetteConfig(
                plain.directory(),
                Optional.empty(),
                false,
                false,
                expiresAfter,
                onExpired,
                Repeats.FIRST,
                Exhausted.LAST,
                plain.timing(),
                plain.attempts(),
                plain.match(),
                plain.scrub());
    }

    private CassettePlayer player(CassetteConfig settings) {
        return CassettePlayer.builder().settings(settings).time(time).build();
    }
}
