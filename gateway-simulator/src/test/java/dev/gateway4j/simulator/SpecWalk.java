package dev.gateway4j.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Sends a request to every operation of the specification and judges what comes back. */
final class SpecWalk {
    private static final String JSON = "application/json";
    private static final String FORM = "multipart/form-data";
    private static final String EVENTS = "text/event-stream";
    private static final String BOUNDARY = "sample-boundary";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode document;
    private final SpecJudge judge;
    private final SimulatedOpenAi openAi;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * What came of one request.
     *
     * @param operation the operation
     * @param how minimal or full, plain or streamed
     * @param status the status
     * @param judged how many bodies and events were judged
     * @param complaints what is wrong
     * @param body the answer
     */
    record Finding(String operation, String how, int status, int judged, List<String> complaints, String body) {}

    SpecWalk(JsonNode document, SpecJudge judge, SimulatedOpenAi openAi) {
        this.document = document;
        this.judge = judge;
        this.openAi = openAi;
    }

    List<Finding> walk() {
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    operation(method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue());
                }
            }
        }
        return findings;
    }

    private void operation(String method, String path, JsonNode operation) {
        String name = method + " " + path;
        for (boolean full : new boolean[] {false, true}) {
            String how = full ? "full" : "minimal";
            JsonNode contents = operation.path("requestBody").path("content");
            boolean streams = judge.knows(name + " 200 " + EVENTS);
            if (contents.isEmpty()) {
                ask(name, how, operation, request(method, path, operation, full, JSON, new byte[0]), false);
                if (streams) {
                    String streamed = path + (path.contains("?") ? "&" : "?") + "stream=true";
                    ask(
                            name,
                            how + " streamed",
                            operation,
                            request(method, streamed, operation, full, JSON, new byte[0]),
                            true);
                }
            }
            contents.properties().forEach(content -> {
                if (content.getKey().equals(JSON) || content.getKey().equals(FORM)) {
                    JsonNode schema = content.getValue().path("schema");
                    JsonNode body = new SpecRequests(document, full).of(schema);
                    String kind = how + (content.getKey().equals(FORM) ? " form" : "");
                    plain(body);
                    ask(
                            name,
                            kind,
                            operation,
                            request(method, path, operation, full, content.getKey(), bytes(content.getKey(), body)),
                            false);
                    if (streams && body instanceof ObjectNode object) {
                        if (schema.toString().contains("CreateSpeechRequest")) {
                            object.put("stream_format", "sse");
                        } else {
                            object.put("stream", true);
                        }
                        ask(
                                name,
                                kind + " streamed",
                                operation,
                                request(method, path, operation, full, content.getKey(), bytes(content.getKey(), body)),
                                true);
                    }
                }
            });
        }
    }

    private static void plain(JsonNode body) {
        if (body instanceof ObjectNode object) {
            object.remove(List.of("stream", "stream_options", "stream_format"));
        }
    }

    private void ask(String name, String how, JsonNode operation, WireRequest request, boolean streamed) {
        WireReply reply = (WireReply) openAi.answer(request);
        String body = read(reply);
        List<String> complaints = new ArrayList<>();
        int judged = 0;
        if (reply.status() >= 300) {
            judged = 1;
            complaints.addAll(judge.complaints("error", Trees.of(body)));
        } else if (streamed) {
            judged = events(name, reply, body, complaints);
        } else {
            String answer = name + " " + reply.status() + " " + JSON;
            JsonNode schema = operation
                    .path("responses")
                    .path(Integer.toString(reply.status()))
                    .path("content")
                    .path(JSON)
                    .path("schema");
            boolean json = reply.headers().first("content-type").orElse("").startsWith(JSON);
            if (json && judge.knows(answer) && !schema.path("type").asText().equals("string")) {
                judged = 1;
                complaints.addAll(judge.complaints(answer, Trees.of(body)));
            }
        }
        findings.add(new Finding(name, how, reply.status(), judged, complaints, body));
    }

    private int events(String name, WireReply reply, String body, List<String> complaints) {
        if (!reply.headers().first("content-type").orElse("").startsWith(EVENTS)) {
            complaints.add("is no stream");
        }
        int judged = 0;
        for (String frame : body.split("\n\n", -1)) {
            String event = "";
            String data = "";
            for (String line : frame.split("\n", -1)) {
                event = line.startsWith("event: ") ? line.substring("event: ".length()) : event;
                data = line.startsWith("data: ") ? line.substring("data: ".length()) : data;
            }
            if (data.isEmpty() || (data.equals("[DONE]") && event.isEmpty())) {
                continue;
            }
            boolean wrapped = name.contains("/threads");
            JsonNode value = data.equals("[DONE]") ? Trees.of("\"[DONE]\"") : Trees.of(data);
            JsonNode judgedValue = wrapped ? Trees.of("{}") : value;
            if (wrapped && judgedValue instanceof ObjectNode object) {
                object.put("event", event).set("data", value);
            }
            String kind = value.path("type").asText() + event;
            judge.complaints(name + " 200 " + EVENTS, judgedValue).forEach(one -> complaints.add(kind + " " + one));
            judged++;
        }
        if (judged == 0) {
            complaints.add("has no events");
        }
        return judged;
    }

    private WireRequest request(
            String method, String template, JsonNode operation, boolean full, String type, byte[] body) {
        String path = template;
        StringBuilder query = new StringBuilder();
        int mark = path.indexOf('?');
        if (mark >= 0) {
            query.append(path.substring(mark + 1));
            path = path.substring(0, mark);
        }
        path = path.replaceAll("\\{([a-z_]+)}", "sample-$1");
        for (JsonNode parameter : operation.path("parameters")) {
            boolean wanted = full || parameter.path("required").asBoolean();
            if (wanted
                    && parameter.path("in").asText().equals("query")
                    && !parameter.path("name").asText().equals("stream")) {
                add(
                        query,
                        parameter.path("name").asText(),
                        new SpecRequests(document, false).of(parameter.path("schema")));
            }
        }
        WireHeaders.Builder headers = WireHeaders.builder().add("authorization", "Bearer sk-test-blue-0000");
        if (body.length > 0) {
            headers.add("content-type", type.equals(FORM) ? FORM + "; boundary=" + BOUNDARY : type);
        }
        String sent = "/v1" + path;
        return new WireRequest(
                "call-1",
                1,
                method,
                "https",
                "api.openai.com",
                sent,
                query.toString(),
                Endpoint.of(sent),
                headers.build(),
                CallTags.none(),
                body,
                ManualTime.standing().nanos());
    }

    private static void add(StringBuilder query, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> add(query, name + "[]", element));
        } else if (value.isObject()) {
            value.properties().forEach(member -> add(query, name + "[" + member.getKey() + "]", member.getValue()));
        } else {
            query.append(query.isEmpty() ? "" : "&").append(name).append('=').append(value.asText());
        }
    }

    private static byte[] bytes(String type, JsonNode body) {
        if (type.equals(JSON)) {
            return body.toString().getBytes(StandardCharsets.UTF_8);
        }
        StringBuilder form = new StringBuilder();
        body.properties().forEach(field -> part(form, field.getKey(), field.getValue()));
        return form.append("--").append(BOUNDARY).append("--\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void part(StringBuilder form, String name, JsonNode value) {
        if (value.isArray()) {
            value.forEach(element -> part(form, name + "[]", element));
        } else if (value.isObject()) {
            value.properties().forEach(member -> part(form, name + "[" + member.getKey() + "]", member.getValue()));
        } else {
            boolean file = Set.of("file", "files[]", "image", "image[]", "mask", "data", "audio_sample", "recording")
                    .contains(name);
            form.append("--")
                    .append(BOUNDARY)
                    .append("\r\nContent-Disposition: form-data; name=\"")
                    .append(name);
            form.append(file ? "\"; filename=\"a.wav\"" : "\"")
                    .append("\r\n\r\n")
                    .append(value.asText())
                    .append("\r\n");
        }
    }

    private static String read(WireReply reply) {
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
