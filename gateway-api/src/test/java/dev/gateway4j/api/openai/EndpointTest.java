package dev.gateway4j.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "/v1/chat/completions, /v1/chat/completions",
        "/v1/chat/completions/, /v1/chat/completions",
        "/v1/responses//, /v1/responses",
        "/chat/completions, /v1/chat/completions",
        "/responses/resp_1, /v1/responses/resp_1",
        "/openai/deployments/gpt-4o/chat/completions, /v1/chat/completions",
        "/openai/deployments/a%2Fb/audio/transcriptions, /v1/audio/transcriptions",
        "/openai/deployments/gpt-4o, /v1/deployments/gpt-4o",
        "/openai/deployments, /v1/deployments",
        "/openai/v1/chat/completions, /v1/chat/completions",
        "/openai/v1, /v1",
        "/openai/responses, /v1/responses",
        "/openai, /v1",
        "/openaix/y, /v1/openaix/y",
        "/v1, /v1",
        "/v1x/models, /v1/v1x/models",
        "/, /",
        "'', /"
    })
    void a_path_names_its_endpoint(String path, String endpoint) {
        assertThat(Endpoint.of(path)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/models, /api/v1, /v1/models",
        "/api/v1/models, /api/v1/, /v1/models",
        "/api/v1/models, /api, /v1/models",
        "/api/v1x/models, /api/v1, /v1/api/v1x/models",
        "/v1/models, /v1, /v1/models",
        "/v1/models, /, /v1/models",
        "/v1/models, '', /v1/models",
        "/openai/v1/models, /openai/v1, /v1/models",
        "/openai/deployments/d/chat/completions, /openai/deployments/d, /v1/chat/completions",
        "/eu/openai/deployments/d/embeddings, /eu, /v1/embeddings",
        "/api/v1, /api/v1, /",
        "/other/v1/models, /api/v1, /v1/other/v1/models"
    })
    void a_path_below_a_base_names_its_endpoint(String path, String base, String endpoint) {
        assertThat(Endpoint.of(path, base)).isEqualTo(endpoint);
    }

    @Test
    void the_common_path_is_answered_as_it_is() {
        String path = "/v1/chat/completions";

        assertThat(Endpoint.of(path)).isSameAs(path);
        assertThat(Endpoint.of(path, "/v1")).isSameAs(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/openai/deployments/gpt-4o/chat/completions, gpt-4o",
        "/openai/deployments/my%20d%2Fx+y/embeddings, my d/x+y",
        "/openai/deployments/50%/embeddings, 50%",
        "/eu/openai/deployments/d, d"
    })
    void an_azure_path_names_its_deployment(String path, String deployment) {
        assertThat(Endpoint.deployment(path)).contains(deployment);
    }

    @ParameterizedTest
    @CsvSource({"/v1/chat/completions", "/openai/deployments", "/openai/deployments/", "/openai/v1/responses"})
    void other_paths_name_none(String path) {
        assertThat(Endpoint.deployment(path)).isEmpty();
    }
}
