package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelsTest {
    private final Sim sim = Sim.standard();

    @Test
    void one_model_looks_as_on_the_wire() {
        assertThat(sim.get("/v1/models/gpt-4o").body()).isEqualTo("""
                {
                  "id": "gpt-4o",
                  "object": "model",
                  "created": 1715299200,
                  "owned_by": "system"
                }
                """);
    }

    @Test
    void all_models_are_listed_without_limits() {
        Sim.Answer answer = sim.get("/v1/models");

        assertThat(Trees.of(answer.body()).path("object").asText()).isEqualTo("list");
        assertThat(Trees.of(answer.body()).path("data")).hasSizeGreaterThan(50);
        assertThat(answer.allHeaders()).doesNotContain("ratelimit");
    }

    @Test
    void models_of_openai_cannot_be_deleted() {
        ChatErrorsTest.requireError(
                sim.send("DELETE", "/v1/models/gpt-4o", new byte[0]),
                404,
                "model",
                "model_not_found",
                "The model 'gpt-4o' does not exist");
    }

    @Test
    void a_tuned_model_that_no_job_has_made_does_not_exist() {
        String name = "ft:gpt-4o-mini-2024-07-18:acme::abc12345";

        ChatErrorsTest.requireError(
                sim.get("/v1/models/" + name),
                404,
                "model",
                "model_not_found",
                "The model '" + name + "' does not exist");
        ChatErrorsTest.requireError(
                sim.delete("/v1/models/" + name),
                404,
                "model",
                "model_not_found",
                "The model '" + name + "' does not exist");
    }
}
