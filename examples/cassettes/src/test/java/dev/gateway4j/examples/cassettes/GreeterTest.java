package dev.gateway4j.examples.cassettes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Source;
import dev.gateway4j.testkit.GatewayExtension;
import dev.gateway4j.testkit.UseCassette;
import java.io.IOException;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replays; with {@code -Dgateway.mode=record} and a key it records anew. */
class GreeterTest {
    @RegisterExtension
    static final GatewayExtension GATEWAY = GatewayExtension.simulated();

    @Test
    @UseCassette(directory = "src/test/cassettes", allPlayed = true)
    void the_world_is_greeted(OkHttpClient client) throws IOException {
        String greeting = new Greeter(client).greet("the world");

        assertThat(greeting).isNotBlank();
        assertThat(GATEWAY.reports()).singleElement().satisfies(report -> assertThat(report.source())
                .isIn(Source.REPLAY, Source.UPSTREAM));
    }
}
