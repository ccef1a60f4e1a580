package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads {@code response_format}. */
final class ChatFormat {
    private static final String NAME = "response_format";
    private static final String SCHEMA = NAME + ".json_schema";

    private ChatFormat() {}

    static Format read(JsonNode body, Conversation conversation) {
        JsonNode format = body.path(NAME);
        if (!format.isObject()) {
            return Format.TEXT;
        }
        String type = Members.requiredText(format, NAME, "type");
        return switch (type) {
            case "text" -> Format.TEXT;
            case "json_object" -> {
                if (!conversation.says("json")) {
                    throw ErrorKind.JSON_WORD.with();
                }
                yield Format.JSON_OBJECT;
            }
            case "json_schema" -> schema(Members.requiredObject(format, NAME, "json_schema"));
            default -> throw ErrorKind.VALUE.with(NAME + ".type", type, "'json_object', 'json_schema', and 'text'");
        };
    }

    private static Format schema(JsonNode given) {
        String name = Members.requiredText(given, SCHEMA, "name");
        ChatTools.requireName(name, SCHEMA + ".name");
        boolean strict = Members.flag(given, "strict", false);
        JsonNode schema = Members.requiredObject(given, SCHEMA, "schema");
        RequestSchema.problem(schema, strict).ifPresent(problem -> {
            throw ErrorKind.FORMAT_SCHEMA.with(name, problem);
        });
        return new Format(Format.Kind.JSON_SCHEMA, name, schema, strict);
    }
}
