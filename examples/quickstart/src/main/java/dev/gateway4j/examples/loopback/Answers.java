package dev.gateway4j.examples.loopback;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The bodies of the answers: every field that strict SDKs ask for, always the same text and usage. */
final class Answers {
    private static final List<String> WORDS = List.of("Hello", " from", " loopback", ".");
    private static final String TEXT = String.join("", WORDS);
    private static final float[] VECTOR = {0.5f, -0.25f, 0.125f};
    private static final String CHAT_USAGE = """
            {"prompt_tokens":9,"completion_tokens":4,"total_tokens":13,\
            "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,\
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""";
    private static final String RESPONSE_USAGE = """
            {"input_tokens":9,"input_tokens_details":{"cached_tokens":0},\
            "output_tokens":4,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":13}""";

    private Answers() {}

    static String chat(String model) {
        return """
                {"id":"chatcmpl-loopback","object":"chat.completion","created":1767225600,"model":"%s",\
                "choices":[{"index":0,"message":{"role":"assistant","content":"%s","refusal":null,"annotations":[]},\
                "logprobs":null,"finish_reason":"stop"}],\
                "usage":%s,"service_tier":"default","system_fingerprint":"fp_loopback"}""".formatted(model, TEXT, CHAT_USAGE);
    }

    static List<String> chatStream(String model, boolean includeUsage) {
        List<String> chunks = new ArrayList<>();
        chunks.add(choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        WORDS.forEach(word -> chunks.add(choice("{\"content\":\"" + word + "\"}", "null")));
        chunks.add(choice("{}", "\"stop\""));
        String unused = includeUsage ? ",\"usage\":null" : "";
        List<String> frames = new ArrayList<>();
        chunks.forEach(choice -> frames.add(chunk(model, choice, unused)));
        if (includeUsage) {
            frames.add(chunk(model, "", ",\"usage\":" + CHAT_USAGE));
        }
        frames.add("data: [DONE]\n\n");
        return frames;
    }

    private static String choice(String delta, String finishReason) {
        return "{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}".formatted(delta, finishReason);
    }

    private static String chunk(String model, String choice, String usage) {
        return """
                data: {"id":"chatcmpl-loopback","object":"chat.completion.chunk","created":1767225600,"model":"%s",\
                "service_tier":"default","system_fingerprint":"fp_loopback","choices":[%s]%s}

                """.formatted(model, choice, usage);
    }

    static String response(String model) {
        return response(model, "completed", message("completed", part(TEXT)), RESPONSE_USAGE);
    }

    static List<String> responseStream(String model) {
        String begun = "\"response\":" + response(model, "in_progress", "", "null");
        List<String> frames = new ArrayList<>();
        event(frames, "response.created", begun);
        event(frames, "response.in_progress", begun);
        event(frames, "response.output_item.added", "\"output_index\":0,\"item\":" + message("in_progress", ""));
        event(frames, "response.content_part.added", place() + ",\"part\":" + part(""));
        for (String word : WORDS) {
            event(frames, "response.output_text.delta", place() + ",\"logprobs\":[],\"delta\":\"" + word + "\"");
        }
        event(frames, "response.output_text.done", place() + ",\"logprobs\":[],\"text\":\"" + TEXT + "\"");
        event(frames, "response.content_part.done", place() + ",\"part\":" + part(TEXT));
        event(frames, "response.output_item.done", "\"output_index\":0,\"item\":" + message("completed", part(TEXT)));
        event(frames, "response.completed", "\"response\":" + response(model));
        return frames;
    }

    private static void event(List<String> frames, String type, String members) {
        frames.add("event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
                .formatted(type, type, frames.size(), members));
    }

    private static String place() {
        return "\"item_id\":\"msg_loopback\",\"output_index\":0,\"content_index\":0";
    }

    private static String message(String status, String content) {
        return "{\"id\":\"msg_loopback\",\"type\":\"message\",\"status\":\"%s\",\"content\":[%s],\"role\":\"assistant\"}"
                .formatted(status, content);
    }

    private static String part(String text) {
        return "{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":\"%s\"}".formatted(text);
    }

    private static String response(String model, String status, String output, String usage) {
        return """
                {"id":"resp_loopback","object":"response","created_at":1767225600,"status":"%s","error":null,\
                "incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":"%s","output":[%s],\
                "parallel_tool_calls":true,"previous_response_id":null,"reasoning":{"effort":null,"summary":null},\
                "store":true,"temperature":1.0,"text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],\
                "top_p":1.0,"truncation":"disabled","usage":%s,"metadata":{}}""".formatted(status, model, output, usage);
    }

    static String embedding(String model, boolean base64) {
        return """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":%s}],"model":"%s",\
                "usage":{"prompt_tokens":9,"total_tokens":9}}""".formatted(base64 ? base64() : Arrays.toString(VECTOR), model);
    }

    private static String base64() {
        ByteBuffer bytes = ByteBuffer.allocate(VECTOR.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(VECTOR);
        return '"' + new String(Base64.getEncoder().encode(bytes.array()), UTF_8) + '"';
    }

    static String notFound(String endpoint) {
        return """
                {"error":{"message":"Unknown request URL: %s.","type":"invalid_request_error","param":null,\
                "code":"unknown_url"}}""".formatted(endpoint);
    }
}
