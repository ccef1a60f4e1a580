package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gateway4j.simulator.internal.model.Model;
import java.util.List;

/** The options of a response that depend on each other or on the model, and the form of its text. */
final class ResponseOptions {
    private static final List<String> NOT_WHILE_REASONING = List.of("temperature", "top_p", "top_logprobs");
    private static final List<String> FORMATS = List.of("json_object", "json_schema", "text");
    private static final List<Param> REASONING = List.of(
            Param.choice("reasoning.effort", "none", "minimal", "low", "medium", "high", "xhigh", "max"),
            Param.choice("reasoning.summary", "auto", "concise", "detailed"),
            Param.choice("reasoning.generate_summary", "auto", "concise", "detailed"),
            Param.choice("reasoning.mode", "standard", "pro"),
            Param.choice("reasoning.context", "auto", "current_turn", "all_turns"));
    private static final Param VERBOSITY = Param.choice("text.verbosity", "low", "medium", "high");

    private ResponseOptions() {}

    static void check(JsonNode body, Model model) {
        if (body.path("stream_options").isObject() && !Members.flag(body, "stream", false)) {
            throw ErrorKind.STREAM_OPTIONS.with();
        }
        if (Members.flag(body, "background", false) && !Members.flag(body, "store", true)) {
            throw ErrorKind.BACKGROUND_UNSTORED.with();
        }
        JsonNode reasoning = body.path("reasoning");
        for (Param param : REASONING) {
            check(param, reasoning.path(param.name().substring("reasoning.".length())));
        }
        check(VERBOSITY, body.path("text").path("verbosity"));
        if (!model.family().reasoning() && reasoning.hasNonNull("effort")) {
            throw ErrorKind.UNSUPPORTED_RESPONSES.with("reasoning.effort");
        }
        if (Members.reasons(model, Members.text(reasoning, "effort"))) {
            for (String name : NOT_WHILE_REASONING) {
                if (body.hasNonNull(name)) {
                    throw ErrorKind.UNSUPPORTED_RESPONSES.with(name);
                }
            }
        }
    }

    static Format format(JsonNode body) {
        JsonNode format = body.path("text").path("format");
        if (format.isMissingNode() || format.isNull()) {
            return Format.TEXT;
        }
        JsonType.OBJECT.require("text.format", format);
        String type = Members.requiredText(format, "text.format", "type");
        if (!FORMATS.contains(type)) {
            throw ErrorKind.VALUE.with("text.format.type", type, Param.listed(FORMATS));
        }
        if (type.equals("json_object")) {
            return Format.JSON_OBJECT;
        }
        return type.equals("text") ? Format.TEXT : schema(format);
    }

    private static Format schema(JsonNode format) {
        String name = Members.requiredText(format, "text.format", "name");
        JsonNode schema = Members.requiredObject(format, "text.format", "schema");
        boolean strict = Members.flag(format, "strict", false);
        if (strict) {
            RequestSchema.problem(schema, true).ifPresent(problem -> {
                throw ErrorKind.SCHEMA_RESPONSES.with(name, problem);
            });
        }
        return new Format(Format.Kind.JSON_SCHEMA, name, schema, strict);
    }

    private static void check(Param param, JsonNode value) {
        if (!value.isMissingNode()) {
            param.check(value);
        }
    }
}
