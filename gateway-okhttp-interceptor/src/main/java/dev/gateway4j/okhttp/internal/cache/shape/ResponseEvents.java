package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The end of the stream of a response, which holds the whole of it. */
final class ResponseEvents {
    private ResponseEvents() {}

    /** The bytes of the response as the last event has it. */
    static byte[] lastResponse(List<Event> events) throws IOException, UnconvertibleException {
        Event last = events.get(events.size() - 1);
        try (JsonParser json = Json.parser(last.data(), last.from(), last.length())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                int start = Json.start(json);
                int end = Json.skip(json);
                if (name.equals("response") && value == JsonToken.START_OBJECT) {
                    return Arrays.copyOfRange(last.data(), last.from() + start, last.from() + end);
                }
            }
        }
        throw new UnconvertibleException("the last event has no response");
    }
}
