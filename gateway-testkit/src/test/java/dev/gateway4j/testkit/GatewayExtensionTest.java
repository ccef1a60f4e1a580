package dev.gateway4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.okhttp.Gateway;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class GatewayExtensionTest {
    @RegisterExtension
    static final GatewayExtension GATEWAY = GatewayExtension.with(
            builder -> builder.standIn(new CannedStandIn()).set("openai.seed", "7"));

    @Test
    void a_test_is_handed_client_gateway_and_clock(OkHttpClient client, Gateway gateway, ManualTime time) {
        assertThat(client).isSameAs(GATEWAY.client());
        assertThat(gateway).isSameAs(GATEWAY.gateway());
        assertThat(time).isSameAs(GATEWAY.time());
    }

    @Test
    void the_gateway_is_simulated_and_for_development_unless_told_otherwise(Gateway gateway) {
        assertThat(gateway.config().mode()).isEqualTo(Mode.SIMULATED);
        assertThat(gateway.config().environment()).isEqualTo("development");
        assertThat(gateway.config().latency()).isEqualTo("instant");
        assertThat(gateway.config().seed()).isEqualTo(7);
    }

    @Test
    void before_the_first_test_there_is_no_gateway_and_the_message_says_how_to_get_one() {
        GatewayExtension unused = GatewayExtension.simulated();

        assertThatIllegalStateException().isThrownBy(unused::client).withMessageContaining("@RegisterExtension");
        assertThat(unused.reports()).isEmpty();
    }
}
