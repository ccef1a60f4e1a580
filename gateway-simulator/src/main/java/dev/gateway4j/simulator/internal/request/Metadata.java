package dev.gateway4j.simulator.internal.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The pairs that applications attach to what is kept. */
public final class Metadata {
    private static final int MOST = 16;
    private static final int LONGEST_KEY = 64;
    private static final int LONGEST_VALUE = 512;

    private Metadata() {}

    /** Reads and checks the metadata of a request: at most 16 pairs of short texts. */
    public static JsonNode read(JsonNode body) {
        JsonNode metadata = body.path("metadata");
        if (metadata.isMissingNode() || metadata.isNull()) {
            return metadata;
        }
        JsonType.OBJECT.require("metadata", metadata);
        if (metadata.size() > MOST) {
            throw ErrorKind.MANY_PROPERTIES.with("metadata", MOST, metadata.size());
        }
        for (Map.Entry<String, JsonNode> pair : metadata.properties()) {
            String path = "metadata." + pair.getKey();
            JsonType.STRING.require(path, pair.getValue());
            if (pair.getKey().length() > LONGEST_KEY) {
                throw ErrorKind.LONG_STRING.with(
                        path, LONGEST_KEY, pair.getKey().length());
            }
            int length = pair.getValue().asText().length();
            if (length > LONGEST_VALUE) {
                throw ErrorKind.LONG_STRING.with(path, LONGEST_VALUE, length);
            }
        }
        return metadata;
    }

    /** Reads and checks a change of metadata. */
    public static JsonNode update(byte[] bytes) {
        JsonNode body = Members.body(bytes);
        for (Map.Entry<String, JsonNode> member : body.properties()) {
            if (!member.getKey().equals("metadata")) {
                throw ErrorKind.UNKNOWN_PARAMETER.with(member.getKey());
            }
        }
        Members.required(body, "", "metadata");
        return read(body);
    }
}
