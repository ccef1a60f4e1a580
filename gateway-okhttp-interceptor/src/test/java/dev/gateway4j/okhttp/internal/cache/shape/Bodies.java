package dev.gateway4j.okhttp.internal.cache.shape;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gateway4j.api.config.CacheConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers for the tests of this room, and what they need to look at them. */
final class Bodies {
    static final String CHAT = "/v1/chat/completions";
    static final String COMPLETIONS = "/v1/completions";
    static final String RESPONSES = "/v1/responses";
    static final String EMBEDDINGS = "/v1/embeddings";
    static final String MODERATIONS = "/v1/moderations";
    static final String EVENTS = "text/event-stream; charset=utf-8";
    static final String JSON = "application/json";
    static final ObjectMapper MAPPER = new ObjectMapper();

    static final String HEAD = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            + "\"model\":\"gpt-4o-mini-2024-07-18\",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\",";
    static final String USAGE = "{\"prompt_tokens\":14,\"completion_tokens\":2,\"total_tokens\":16,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":1}}";
    /** A stream of which no usage was wanted. */
    static final String STREAM = chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null")
            + chunk("{\"content\":\"Par\"}", "null")
            + chunk("{\"content\":\"is.\"}", "null")
            + chunk("{}", "\"stop\"")
            + "data: [DONE]\n\n";
    /** The same stream, of which the usage was wanted. */
    static final String STREAM_WITH_USAGE = withUsage(STREAM);

    static final String PLAIN = "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1700000000,"
            + "\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
            + "\"content\":\"Paris.\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
            + USAGE + ",\"service_tier\":\"default\",\"system_fingerprint\":\"fp_1\"}";
    static final String RESPONSE = "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1700000000,"
            + "\"status\":\"completed\",\"error\":null,\"incomplete_details\":null,\"model\":\"gpt-5-nano\",\"output\":["
            + "{\"id\":\"rs_1\",\"type\":\"reasoning\",\"encrypted_content\":\"gAAA\",\"summary\":["
            + "{\"type\":\"summary_text\",\"text\":\"I think of the capital of a country.\"}]},"
            + "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\","
            + "\"annotations\":[{\"type\":\"url_citation\",\"end_index\":5,\"start_index\":0,\"title\":\"t\",\"url\":\"u\"}],"
            + "\"logprobs\":[],\"text\":\"Paris is the capital \\ud83d\\ude00 of France.\"}],\"role\":\"assistant\"},"
            + "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"completed\",\"arguments\":\"{\\\"a\\\": 1}\","
            + "\"call_id\":\"call_1\",\"name\":\"f\"},"
            + "{\"id\":\"x_1\",\"type\":\"something_new\",\"status\":\"completed\",\"what\":[1,2.50]}],"
            + "\"temperature\":1.0,\"usage\":{\"input_tokens\":12,\"output_tokens\":70,\"total_tokens\":82}}";

    private Bodies() {}

    static String chunk(String delta, String finish) {
        return chunk(0, delta, finish);
    }

    static String chunk(int index, String delta, String finish) {
        return "data: " + HEAD + "\"choices\":[{\"index\":" + index + ",\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finish + "}]}\n\n";
    }

    /** What a stream becomes if its usage is wanted. */
    static String withUsage(String stream) {
        String told = stream.replace("}]}\n\n", "}],\"usage\":null}\n\n");
        String chunk = "data: " + HEAD + "\"choices\":[],\"usage\":" + USAGE + "}\n\n";
        return told.replace("data: [DONE]", chunk + "data: [DONE]");
    }

    static Landed landed(String endpoint, String type, String body) {
        return landed(endpoint, type, body.getBytes(UTF_8));
    }

    /** An answer that arrived in pieces of ten bytes, one each millisecond. */
    static Landed landed(String endpoint, String type, byte[] body) {
        int count = (body.length + 9) / 10;
        int[] pieces = new int[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            pieces[i] = Math.min(body.length, (i + 1) * 10);
            times[i] = i * 1_000_000L;
        }
        return new Landed(
                endpoint, 200, Optional.of(type), Optional.empty(), Optional.of("req_1"), body, pieces, times);
    }

    static Examination examined(String endpoint, String type, String body) {
        return Examination.of(landed(endpoint, type, body), CacheConfig.defaults());
    }

    static StoredAnswer stored(String endpoint, String type, String body) {
        return stored(examined(endpoint, type, body));
    }

    static StoredAnswer stored(Examination examination) {
        if (examination instanceof Examination.Unfit unfit) {
            throw new AssertionError("not kept: " + unfit.reason());
        }
        return ((Examination.Fit) examination).answer();
    }

    static String reason(Examination examination) {
        return examination instanceof Examination.Unfit unfit ? unfit.reason() : "fit";
    }

    static String text(Rendition rendition) {
        return new String(rendition.body(), UTF_8);
    }

    static JsonNode json(byte[] body) {
        try {
            return MAPPER.readTree(new String(body, UTF_8));
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + new String(body, UTF_8), e);
        }
    }

    /** The events of a rendition, cut where it says that they end. */
    static List<String> events(Rendition rendition) {
        List<String> events = new ArrayList<>();
        int start = 0;
        for (int end : rendition.ends()) {
            events.add(new String(rendition.body(), start, end - start, UTF_8));
            start = end;
        }
        return events;
    }
}
