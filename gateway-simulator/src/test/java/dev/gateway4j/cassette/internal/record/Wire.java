package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.spi.Recorder;
import dev.gateway4j.api.spi.WireRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Requests and exchanges as a gateway would show them to a recorder. */
final class Wire {
    static final WireHeaders JSON = WireHeaders.of("content-type", "application/json");

    private Wire() {}

    static WireRequest chat(String cassette, String prompt) {
        return request(
                "POST",
                "/v1/chat/completions",
                "",
                JSON,
                CallTags.none().withCassette(cassette),
                "{\"model\":\"gpt-4o-mini\",\"temperature\":0.70,\"messages\":[{\"role\":\"user\",\"content\":\""
                        + prompt + "\"}]}");
    }

    static WireRequest request(
            String method, String path, String query, WireHeaders headers, CallTags tags, String body) {
        return request("api.openai.com", method, path, query, headers, tags, bytes(body));
    }

    static WireRequest request(
            String authority,
            String method,
            String path,
            String query,
            WireHeaders headers,
            CallTags tags,
            byte[] body) {
        return new WireRequest("call-1", 1, method, "https", authority, path, query, path, headers, tags, body, 0);
    }

    /** A whole exchange with an answer in one piece. */
    static void answer(Recorder recorder, ManualTime time, WireRequest request, String body) {
        Recorder.Recording recording = recorder.open(request);
        time.advance(Duration.ofMillis(250));
        recording.head(200, JSON, time.nanos());
        chunk(recording, time, body);
        recording.end(Ending.COMPLETED, true, time.nanos());
    }

    static void chunk(Recorder.Recording recording, ManualTime time, String text) {
        byte[] shared = bytes("--" + text + "--");
        recording.chunk(shared, 2, shared.length - 4, time.nanos());
        java.util.Arrays.fill(shared, (byte) '!');
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
