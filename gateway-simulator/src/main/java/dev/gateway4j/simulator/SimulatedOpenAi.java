package dev.gateway4j.simulator;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.GatewayConfigException;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.StandInContext;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.simulator.internal.http.Desk;
import dev.gateway4j.simulator.internal.http.OpenAiRoutes;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.template.Templates;
import dev.gateway4j.simulator.internal.text.GeneratedText;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * OpenAI, simulated in process. It opens no socket, starts no thread and never waits: an answer says when its parts are due. The same seed
 * gives the same status, headers and bytes to the n-th arrival of a request, whatever other threads ask meanwhile. Thread-safe.
 */
public final class SimulatedOpenAi implements StandIn {
    private final Desk desk;

    private SimulatedOpenAi(Desk desk) {
        this.desk = desk;
    }

    /**
     * A simulator for one gateway.
     *
     * @throws GatewayConfigException with every problem, if a template or the latency profile does not work
     */
    public static SimulatedOpenAi create(StandInContext context) {
        return of(context.config(), context.time(), context.seed());
    }

    /**
     * A simulator.
     *
     * @param config the settings: templates and latency profile count here
     * @param time the clock that dates answers
     * @param seed the seed of every draw
     * @throws GatewayConfigException with every problem, if a template or the latency profile does not work
     */
    public static SimulatedOpenAi of(GatewayConfig config, TimeSource time, long seed) {
        List<ConfigProblem> problems = new ArrayList<>();
        Tokens tokens = new Tokens();
        Templates templates = Templates.read(config, tokens, problems);
        LatencyProfile latency = latency(config, problems);
        if (!problems.isEmpty()) {
            throw new GatewayConfigException(problems);
        }
        Planner planner = new Planner(List.of(templates, new GeneratedText(tokens)), tokens, latency);
        return new SimulatedOpenAi(new Desk(OpenAiRoutes.of(planner, tokens), time, latency, seed));
    }

    @Override
    public WireReply answer(WireRequest request) {
        return desk.answer(request);
    }

    private static LatencyProfile latency(GatewayConfig config, List<ConfigProblem> problems) {
        return LatencyProfile.named(config.latency()).orElseGet(() -> {
            problems.add(new ConfigProblem(
                    "openai.latency",
                    "settings",
                    OptionalInt.empty(),
                    "there is no latency profile \"" + config.latency() + "\"; choose one of "
                            + String.join(", ", LatencyProfile.names())));
            return LatencyProfile.named("instant").orElseThrow();
        });
    }
}
