package dev.gateway4j.simulator.internal.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.simulator.Answer;
import dev.gateway4j.simulator.Scenario;
import dev.gateway4j.simulator.internal.request.Conversation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final RuleBook BOOK = new RuleBook(ScenarioFaults.STRIKING);

    @Test
    void while_a_request_is_looked_at_others_reach_the_states() {
        BOOK.add(List.of(Scenario.named("deep")
                .when(it -> it.body("/a", 1).state("cart", "full"))
                .answer(Answer.text("Found."))));
        BOOK.state("cart", "full");
        Facts facts = new Facts(
                "POST",
                "/v1/chat/completions",
                "gpt-4o",
                new AskingBody(),
                new Conversation(List.of()),
                WireHeaders.empty(),
                CallTags.none());

        assertThat(BOOK.choose(facts, answer -> true)).isPresent();
        BOOK.state("cart", "empty");
        assertThat(BOOK.choose(facts, answer -> true)).isEmpty();
        assertThat(BOOK.nearest(facts).orElseThrow().failed())
                .singleElement()
                .asString()
                .contains("cart");
    }

    /** A body that holds what is looked for only if another thread can reach the book meanwhile. */
    @SuppressWarnings("unchecked") // what Jackson itself overrides
    private static final class AskingBody extends ObjectNode {
        private static final long serialVersionUID = 1L;

        AskingBody() {
            super(JsonNodeFactory.instance);
        }

        @Override
        protected JsonNode _at(JsonPointer pointer) {
            String reached = CompletableFuture.supplyAsync(() -> BOOK.state("cart"))
                    .completeOnTimeout("locked", 60, TimeUnit.SECONDS)
                    .join();
            return reached.equals("locked")
                    ? JsonNodeFactory.instance.missingNode()
                    : JsonNodeFactory.instance.numberNode(1);
        }
    }
}
