package dev.gateway4j.examples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.examples.loopback.LoopbackOpenAi;
import dev.gateway4j.examples.loopback.ReceivedRequest;
import java.util.List;
import java.util.regex.Pattern;

/** What must hold for every request that left through a gateway. */
public final class Departures {
    private static final Pattern MODEL = Pattern.compile("\"model\"\\s*:\\s*\"([^\"]*)\"");

    private Departures() {}

    /**
     * The environment's key left and nothing else that authenticates; the model its mapping names, not the program's; and no word between
     * program and gateway.
     */
    public static void carryTheEnvironmentsKeyAndModelOnly(LoopbackOpenAi upstream) {
        assertThat(upstream.received()).isNotEmpty().allSatisfy(Departures::check);
    }

    private static void check(ReceivedRequest request) {
        assertThat(request.header("Authorization")).containsExactly("Bearer " + ExampleRun.ENVIRONMENT_KEY);
        assertThat(request.headers().keySet())
                .noneMatch(name -> name.startsWith("x-gateway-"))
                .doesNotContain("api-key", "x-api-key", "x-cassette-name");
        assertThat(MODEL.matcher(request.body()).results().map(found -> found.group(1)))
                .singleElement()
                .isIn("gpt-4o-mini", "text-embedding-3-small");
        assertThat(request.headers().values().stream().flatMap(List::stream))
                .doesNotContain("gateway", "Bearer gateway");
    }
}
