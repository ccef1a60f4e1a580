package dev.gateway4j.simulator.internal.template;

import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.ChatRequest;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers written by the user, for the endpoints and models whose rule says so. Thread-safe. */
public final class Templates implements TextSource {
    private final GatewayConfig config;
    private final Map<ResponseRule, List<TemplateRule>> byRule;
    private final Tokens tokens;

    private Templates(GatewayConfig config, Map<ResponseRule, List<TemplateRule>> byRule, Tokens tokens) {
        this.config = config;
        this.byRule = byRule;
        this.tokens = tokens;
    }

    /**
     * Reads every directory the settings name.
     *
     * @param problems takes everything that is wrong
     */
    public static Templates read(GatewayConfig config, Tokens tokens, List<ConfigProblem> problems) {
        Map<ResponseRule, List<TemplateRule>> byRule = new HashMap<>();
        for (int i = 0; i < config.responses().size(); i++) {
            ResponseRule rule = config.responses().get(i);
            if (rule.type() == ResponseType.TEMPLATE) {
                byRule.put(rule, read(rule, "openai.simulated_responses[" + i + "]", problems));
            }
        }
        return new Templates(config, Map.copyOf(byRule), tokens);
    }

    @Override
    public Optional<Draft> draft(Ask ask, Chance chance, int index) {
        if (byRule.isEmpty()) {
            return Optional.empty();
        }
        return config.rule(ask.endpoint(), Optional.of(ask.model().id()))
                .map(byRule::get)
                .flatMap(rules ->
                        rules.stream().filter(rule -> rule.matches(ask)).findFirst())
                .map(rule -> draft(rule, ask, chance, index));
    }

    private Draft draft(TemplateRule rule, Ask ask, Chance chance, int index) {
        // Files and YAML blocks end in a line break that belongs to the file, not to the answer.
        String text = rule.text().execute(Helpers.values(ask, chance, index)).replaceFirst("\\R$", "");
        return new Draft(
                tokens.pieces(ask.model().family().encoding(), text), rule.finish(), rule.input(), rule.output());
    }

    private static List<TemplateRule> read(ResponseRule rule, String setting, List<ConfigProblem> problems) {
        if (!List.of(ChatRequest.ENDPOINT, ResponsesRequest.ENDPOINT).contains(rule.endpoint())) {
            new Problems(setting + ".endpoint", "settings", problems)
                    .add("templates answer " + ChatRequest.ENDPOINT + " and " + ResponsesRequest.ENDPOINT + ", not "
                            + rule.endpoint() + "; choose response_type: generated");
            return List.of();
        }
        if (rule.templates().isEmpty()) {
            new Problems(setting + ".templates", "settings", problems)
                    .add("response_type: template needs a directory of templates");
            return List.of();
        }
        return TemplateDirectory.read(rule.templates().get(), setting + ".templates", problems);
    }
}
