package dev.gateway4j.simulator.internal.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.ConfigProblem;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.Profile;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.config.ResponseType;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.journal.Notes;
import dev.gateway4j.simulator.internal.plan.Draft;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.plan.TextSource;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers written by the user, for the endpoints and models whose rule says so. Thread-safe. */
public final class Templates implements TextSource {
    private static final List<String> ENDPOINTS = List.of("/v1/chat/completions", "/v1/responses", "/v1/completions");

    private final GatewayConfig config;
    private final Map<ResponseRule, WatchedDirectory> byRule;
    private final Tokens tokens;
    private final Notes notes;
    private final Counters counters = new Counters();

    private Templates(GatewayConfig config, Map<ResponseRule, WatchedDirectory> byRule, Tokens tokens, Notes notes) {
        this.config = config;
        this.byRule = byRule;
        this.tokens = tokens;
        this.notes = notes;
    }

    /**
     * Reads every directory the settings name. In the profile for development they are read again when files change.
     *
     * @param problems takes everything that is wrong
     */
    public static Templates read(
            GatewayConfig config, TimeSource time, Tokens tokens, Notes notes, List<ConfigProblem> problems) {
        boolean watched = config.profile() == Profile.DEVELOPMENT;
        Map<ResponseRule, WatchedDirectory> byRule = new LinkedHashMap<>();
        for (int i = 0; i < config.responses().size(); i++) {
            ResponseRule rule = config.responses().get(i);
            String setting = "openai.simulated_responses[" + i + "]";
            if (rule.type() == ResponseType.TEMPLATE) {
                directory(rule, setting, problems)
                        .ifPresent(directory -> byRule.put(
                                rule,
                                new WatchedDirectory(directory, setting + ".templates", time, watched, problems)));
            }
        }
        return new Templates(config, Collections.unmodifiableMap(byRule), tokens, notes);
    }

    /** What is wrong with files that have changed since they were last read well. */
    public List<ConfigProblem> problems() {
        return byRule.values().stream()
                .flatMap(directory -> directory.problems().stream())
                .toList();
    }

    /** The counters that templates name. */
    public Counters counters() {
        return counters;
    }

    @Override
    public Optional<Draft> draft(Ask ask, Chance chance, int index) {
        if (byRule.isEmpty()) {
            return Optional.empty();
        }
        return config.rule(ask.endpoint(), Optional.of(ask.model().id()))
                .map(byRule::get)
                .flatMap(directory -> directory.rules().stream()
                        .filter(rule -> rule.matches(ask))
                        .findFirst())
                .map(rule -> draft(rule, ask, chance, index));
    }

    private Draft draft(TemplateRule rule, Ask ask, Chance chance, int index) {
        notes.of(chance).answeredBy("template " + rule.file());
        Map<String, Object> values = Helpers.values(ask, chance, index, counters);
        String text = rule.json().map(json -> json.say(values).toString()).orElseGet(() -> rule.text()
                .say(values));
        return new Draft(
                pieces(ask, text),
                pieces(ask, rule.refusal().say(values)),
                rule.calls().stream().map(call -> call(call, ask, values)).toList(),
                pieces(ask, rule.summary().say(values)),
                rule.finish(),
                rule.usage());
    }

    private PlannedCall call(TemplateRule.Call call, Ask ask, Map<String, Object> values) {
        Tool.Kind kind = ask.tools().named(call.name()).map(Tool::kind).orElse(Tool.Kind.FUNCTION);
        JsonNode arguments = call.arguments().say(values);
        String text = arguments.isTextual() ? arguments.asText() : arguments.toString();
        return new PlannedCall(kind, call.name(), pieces(ask, text));
    }

    private Pieces pieces(Ask ask, String text) {
        return text.isEmpty() ? Pieces.NONE : tokens.pieces(ask.model().family().encoding(), text);
    }

    private static Optional<Path> directory(ResponseRule rule, String setting, List<ConfigProblem> problems) {
        if (!ENDPOINTS.contains(rule.endpoint())) {
            new Problems(setting + ".endpoint", "settings", problems)
                    .add("templates answer " + String.join(", ", ENDPOINTS) + ", not " + rule.endpoint()
                            + "; choose response_type: generated");
            return Optional.empty();
        }
        if (rule.templates().isEmpty()) {
            new Problems(setting + ".templates", "settings", problems)
                    .add("response_type: template needs a directory of templates");
        }
        return rule.templates();
    }
}
