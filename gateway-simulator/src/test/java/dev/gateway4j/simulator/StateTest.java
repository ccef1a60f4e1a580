package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.spi.WireReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateTest {
    private final Sandbox sandbox = Sandbox.empty();
    private final SimulatedState state = sandbox.openAi.state();

    @Test
    void a_snapshot_brings_everything_back() {
        sandbox.openAi
                .scenarios()
                .add(
                        Scenario.named("order")
                                .when(it -> it.userSays("order"))
                                .answer(Answer.text("first").setState("cart", "full"))
                                .then(Answer.text("second")),
                        Scenario.named("count")
                                .when(it -> it.userSays("count"))
                                .answer(Answer.template("{{#count}}n{{/count}}")));
        String id = state.seedFile("a.txt", "assistants", new byte[] {1, 2, (byte) 0xff});
        String first = sandbox.say("order");
        String counted = sandbox.say("count");
        String snapshot = state.snapshot();
        String generated = sandbox.post(Sandbox.CHAT, Sandbox.chat("anything"));

        state.reset();
        assertThat(state.sizes()).isEmpty();
        assertThat(sandbox.openAi.scenarios().state("cart")).isEmpty();
        state.restore(snapshot);

        assertThat(first).isEqualTo("first");
        assertThat(counted).isEqualTo("1");
        assertThat(state.snapshot()).isEqualTo(snapshot);
        assertThat(state.sizes()).isEqualTo(Map.of("files", 1));
        assertThat(Trees.of(snapshot).at("/shelves/files/0/json/id").asText()).isEqualTo(id);
        assertThat(Trees.of(snapshot).at("/shelves/files/0/content").asText()).isEqualTo("AQL/");
        assertThat(sandbox.openAi.scenarios().state("cart")).isEqualTo("full");
        assertThat(sandbox.say("order")).isEqualTo("second");
        assertThat(sandbox.say("count")).isEqualTo("2");
        assertThat(sandbox.post(Sandbox.CHAT, Sandbox.chat("anything"))).isEqualTo(generated);
    }

    @Test
    void a_snapshot_that_cannot_be_read_changes_nothing() {
        state.seedFile("a.txt", "assistants", new byte[] {1});
        String before = state.snapshot();

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> state.restore(
                                "{\"version\": 1, \"shelves\": {\"batches\": [{\"id\": \"b\", \"json\": {}}], \"files\": [{\"id\": 1}]}}"));

        assertThat(state.snapshot()).isEqualTo(before);
    }

    @Test
    void after_a_reset_the_same_request_is_the_first_one_again() {
        String first = sandbox.post(Sandbox.CHAT, Sandbox.chat("hello"));
        String second = sandbox.post(Sandbox.CHAT, Sandbox.chat("hello"));

        state.reset();

        assertThat(second).isNotEqualTo(first);
        assertThat(sandbox.post(Sandbox.CHAT, Sandbox.chat("hello"))).isEqualTo(first);
    }

    @Test
    void after_a_reset_faults_limits_and_caches_begin_again() {
        SimulatedOpenAi openAi = SimulatedOpenAi.builder()
                .config(Sim.config("instant", List.of()))
                .time(sandbox.time)
                .seed(7)
                .faults("500 nth=2")
                .limits(RateLimits.tier(1))
                .build();
        String chat = Sandbox.chat("word ".repeat(2_000));
        List<String> before = threeTimes(openAi, chat);

        openAi.state().reset();

        assertThat(before).doesNotHaveDuplicates();
        assertThat(before.get(2)).doesNotContain("\"cached_tokens\": 0");
        assertThat(threeTimes(openAi, chat)).isEqualTo(before);
        assertThat(openAi.faults().list()).hasSize(1);
    }

    private List<String> threeTimes(SimulatedOpenAi openAi, String chat) {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            WireReply reply = (WireReply)
                    openAi.answer(sandbox.request("POST", Sandbox.CHAT, chat, WireHeaders.empty(), CallTags.none()));
            answers.add(reply.status() + " " + reply.headers().entries() + Sandbox.drain(reply));
        }
        return answers;
    }

    @Test
    void things_are_seeded_by_shelf() {
        state.seed(
                "{\"vector_stores\": [{\"id\": \"vs_1\", \"object\": \"vector_store\", \"created_at\": 1767225500}, {\"name\": \"new\"}],"
                        + " \"files\": [{\"json\": {\"id\": \"file-1\"}, \"text\": \"Grüße\"}]}");

        JsonNode saved = Trees.of(state.snapshot());
        assertThat(state.sizes()).isEqualTo(Map.of("files", 1, "vector_stores", 2));
        assertThat(saved.at("/shelves/vector_stores/0/created").asLong()).isEqualTo(1767225500L);
        assertThat(saved.at("/shelves/vector_stores/1/id").asText()).matches("vector_store_[0-9A-Za-z]{22}");
        assertThat(saved.at("/shelves/files/0/content").asText()).isEqualTo("R3LDvMOfZQ==");
    }

    @Test
    void what_is_older_than_the_retention_is_forgotten() {
        state.seedFile("a.txt", "assistants", new byte[] {1});

        sandbox.time.advance(Duration.ofDays(30));
        assertThat(state.sizes()).isEqualTo(Map.of("files", 1));
        sandbox.time.advance(Duration.ofSeconds(1));

        assertThat(state.sizes()).isEmpty();
    }

    @Test
    void the_settings_say_how_long_things_are_remembered() {
        ManualTime time = ManualTime.standing();
        SimulatedOpenAi openAi = SimulatedOpenAi.of(
                dev.gateway4j.api.config.GatewayConfig.reader()
                        .set("environment", "development")
                        .set("openai.mode", "simulated")
                        .set("data.retention", "7 days")
                        .read(),
                time,
                1);
        openAi.state().seedFile("a.txt", "assistants", new byte[] {1});

        time.advance(Duration.ofDays(7).plusSeconds(1));

        assertThat(openAi.state().sizes()).isEmpty();
    }

    @Test
    void a_shelf_holds_no_more_than_its_bound() {
        for (int i = 0; i < 10_010; i++) {
            state.seed("{\"things\": [{\"id\": \"t" + i + "\"}]}");
        }

        assertThat(state.sizes()).isEqualTo(Map.of("things", 10_000));
        assertThat(Trees.of(state.snapshot()).at("/shelves/things/0/id").asText())
                .isEqualTo("t10");
    }

    @Test
    void what_is_no_snapshot_is_refused_and_changes_nothing() {
        state.seedFile("a.txt", "assistants", new byte[] {1});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.restore("{\"files\": []}"))
                .withMessageContaining("this is no snapshot of version 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.restore("["))
                .withMessageContaining("no JSON object");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.seed("{\"files\": [{\"id\": \"x\"}, 7]}"))
                .withMessageContaining("shelf \"files\" holds something that is no object");
        assertThat(state.sizes()).isEqualTo(Map.of("files", 1));
    }
}
