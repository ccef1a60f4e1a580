package dev.gateway4j.simulator.internal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.Scenario;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.journal.Notes;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.template.Counters;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScenarioStageTest {
    private final RuleBook book = new RuleBook(ScenarioFaults.STRIKING);
    private final ScenarioStage stage =
            new ScenarioStage(book, new Notes(), ScenarioFaults.STRIKING, new Tokens(), new Counters());

    @Test
    void several_calls_a_summary_and_all_numbers_reach_the_plan() {
        book.add(List.of(Scenario.named("calls")
                .answer(Answer.call("get_weather", Map.of("city", "Paris"))
                        .andCall("note", "plain text")
                        .summary("I ask.")
                        .finish("tool_calls")
                        .usage(1, 2)
                        .cachedTokens(3)
                        .reasoningTokens(4))));

        Draft draft = draft("hi").orElseThrow();

        assertThat(draft.calls()).extracting(PlannedCall::name).containsExactly("get_weather", "note");
        assertThat(draft.calls())
                .extracting(call -> call.arguments().text())
                .containsExactly("{\"city\":\"Paris\"}", "plain text");
        assertThat(draft.calls()).extracting(PlannedCall::kind).containsOnly(Tool.Kind.FUNCTION);
        assertThat(draft.summary().text()).isEqualTo("I ask.");
        assertThat(draft.text().text()).isEmpty();
        assertThat(draft.finish()).contains(Finish.TOOL_CALLS);
        assertThat(draft.usage().input()).hasValue(1);
        assertThat(draft.usage().output()).hasValue(2);
        assertThat(draft.usage().cached()).hasValue(3);
        assertThat(draft.usage().reasoning()).hasValue(4);
    }

    @Test
    void a_refusal_reaches_the_plan_and_an_answer_that_says_nothing_leaves_it_to_others() {
        book.add(List.of(
                Scenario.named("no").when(it -> it.userSays("bomb")).answer(Answer.refusal("I cannot help with that.")),
                Scenario.named("slow").when(it -> it.userSays("slow")).answer(Answer.fault("cut after=3 events"))));

        assertThat(draft("a bomb").orElseThrow().refusal().text()).isEqualTo("I cannot help with that.");
        assertThat(draft("slow")).isEmpty();
        assertThat(draft("else")).isEmpty();
    }

    private Optional<Draft> draft(String said) {
        String body = "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"" + said + "\"}]}";
        Ask ask = ChatRequest.read(body.getBytes(StandardCharsets.UTF_8), Optional.empty())
                .ask();
        return stage.draft(ask, new Chance(7, Fingerprint.of("a", said), 0), 0);
    }
}
