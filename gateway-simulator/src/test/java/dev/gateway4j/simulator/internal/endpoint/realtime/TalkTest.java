package dev.gateway4j.simulator.internal.endpoint.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.plan.Usage;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TalkTest {
    private final Outbox outbox = new Outbox(new RealtimeIds(new Draws(1)));
    private final Items items = new Items(false);
    private final ResponseSettings settings =
            new ResponseSettings(Sessions.realtime("sess_1", "gpt-realtime", 0), "conv_1", false, true);
    private final Talk talk = new Talk(outbox, items, settings, 0);

    @Test
    void a_call_of_a_tool_streams_its_arguments_and_becomes_an_item() {
        Pieces arguments = Pieces.of(List.of(new Piece("{\"city\":", 3), new Piece("\"Rome\"}", 3)));
        PlannedCall call = new PlannedCall(Tool.Kind.FUNCTION, "get_weather", arguments);

        talk.run(plan(new Choice(Pieces.NONE, Pieces.NONE, List.of(call), Pieces.NONE, Finish.TOOL_CALLS)));

        List<ObjectNode> events = events();
        assertThat(events)
                .extracting(event -> event.path("type").asText())
                .containsExactly(
                        "response.created",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done",
                        "conversation.item.done",
                        "response.done",
                        "rate_limits.updated");
        ObjectNode done = events.get(5);
        assertThat(done.path("arguments").asText()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(done.path("name").asText()).isEqualTo("get_weather");
        assertThat(events.get(8).at("/response/output/0/call_id")).isEqualTo(done.path("call_id"));
        assertThat(items.turns().get(0).calls().get(0).name()).isEqualTo("get_weather");
    }

    @Test
    void an_answer_that_reaches_its_limit_is_incomplete() {
        talk.run(plan(Choice.of(Pieces.of(List.of(new Piece("Half", 1))), Finish.LENGTH)));

        ObjectNode done = events().stream()
                .filter(event -> event.path("type").asText().equals("response.done"))
                .findFirst()
                .orElseThrow();
        assertThat(done.at("/response/status").asText()).isEqualTo("incomplete");
        assertThat(done.at("/response/status_details/reason").asText()).isEqualTo("max_output_tokens");
        assertThat(done.at("/response/usage/output_token_details/text_tokens").asInt())
                .isEqualTo(6);
    }

    private static Plan plan(Choice choice) {
        Pace pace = Pace.of(LatencyProfile.named("instant").orElseThrow(), new Draws(1), 0, 0);
        return new Plan(List.of(choice), new Usage(10, 0, 0, 6, 0), pace);
    }

    private List<ObjectNode> events() {
        List<ObjectNode> events = new ArrayList<>();
        while (outbox.next().isPresent()) {
            events.add(outbox.next().orElseThrow().event());
            outbox.taken();
        }
        return events;
    }
}
