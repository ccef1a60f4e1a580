package dev.gateway4j.simulator;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.ResponseRule;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A simulator that tests tell what to answer, on a clock that stands. */
final class Sandbox {
    static final String CHAT = "/v1/chat/completions";

    final ManualTime time = ManualTime.standing();
    final SimulatedOpenAi openAi;

    Sandbox(List<ResponseRule> rules) {
        openAi = SimulatedOpenAi.of(Sim.config("instant", rules), time, 7);
    }

    static Sandbox empty() {
        return new Sandbox(List.of());
    }

    /** What the assistant says to this. */
    String say(String user) {
        return text(post(CHAT, chat(user)));
    }

    static String chat(String user) {
        return "{\"model\": \"gpt-4o\", \"messages\": [{\"role\": \"user\", \"content\": \"" + user + "\"}]}";
    }

    static String text(String body) {
        return Trees.of(body).at("/choices/0/message/content").asText();
    }

    String post(String path, String body) {
        return read(request("POST", path, body, WireHeaders.empty(), CallTags.none()));
    }

    int status(String path, String body) {
        WireReply reply = (WireReply) openAi.answer(request("POST", path, body, WireHeaders.empty(), CallTags.none()));
        String unusedBody = drain(reply);
        return reply.status();
    }

    String post(String body, WireHeaders headers, CallTags tags) {
        return read(request("POST", CHAT, body, headers, tags));
    }

    String read(WireRequest request) {
        return drain((WireReply) openAi.answer(request));
    }

    WireRequest request(String method, String target, String body, WireHeaders headers, CallTags tags) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        return new WireRequest(
                "call-1",
                1,
                method,
                "https",
                "api.openai.com",
                path,
                mark < 0 ? "" : target.substring(mark + 1),
                Endpoint.of(path),
                headers,
                tags,
                body.getBytes(StandardCharsets.UTF_8),
                time.nanos());
    }

    static String drain(WireReply reply) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Frame frame = reply.frames().next();
        while (frame instanceof Frame.Chunk chunk) {
            all.writeBytes(chunk.bytes());
            frame = reply.frames().next();
        }
        reply.frames().close();
        return all.toString(StandardCharsets.UTF_8);
    }
}
