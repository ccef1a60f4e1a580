package dev.gateway4j.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The bodies that are measured: the shapes of OpenAI's chat endpoint, at fixed sizes. */
final class Samples {
    /** How many events a stream has, the usage chunk and {@code [DONE]} among them. */
    static final int EVENTS = 200;

    private static final String WORDS =
            "Describe in plain words how a lighthouse keeper spent a winter night, and say what each lamp was for. ";

    private Samples() {}

    /** A chat request of 1.5 KB. */
    static byte[] request(boolean stream) {
        String head = "{\"model\":\"gpt-4o-mini\",\"temperature\":0.2,\"max_completion_tokens\":512,"
                + (stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "")
                + "\"user\":\"user-17\",\"messages\":[{\"role\":\"system\",\"content\":\"You answer briefly.\"},"
                + "{\"role\":\"user\",\"content\":\"";
        String tail = "\"}],\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"lookup\",\"parameters\":"
                + "{\"type\":\"object\",\"properties\":{\"place\":{\"type\":\"string\"}},\"required\":[\"place\"]}}}]}";
        return sized(head, tail, 1536);
    }

    /** A chat completion of 1.2 KB. */
    static byte[] answer() {
        String head = "{\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\",\"object\":\"chat.completion\","
                + "\"created\":1741570283,\"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\",\"content\":\"";
        String tail = "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":418,\"completion_tokens\":207,\"total_tokens\":625,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":128,\"audio_tokens\":0},"
                + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0}},"
                + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_fc9f1d7035\"}";
        return sized(head, tail, 1228);
    }

    /** The events of a chat stream, each with its blank line. */
    static List<byte[]> events() {
        List<byte[]> events = new ArrayList<>();
        events.add(chunk("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
        while (events.size() < EVENTS - 3) {
            events.add(chunk("{\"content\":\" lamp\"}", "null"));
        }
        events.add(chunk("{}", "\"stop\""));
        events.add(event(START + "\"choices\":[],\"usage\":{\"prompt_tokens\":418,\"completion_tokens\":196,"
                + "\"total_tokens\":614,\"prompt_tokens_details\":{\"cached_tokens\":128}}}"));
        events.add(event("[DONE]"));
        return List.copyOf(events);
    }

    private static final String START = "{\"id\":\"chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG\","
            + "\"object\":\"chat.completion.chunk\",\"created\":1741570283,\"model\":\"gpt-4o-mini-2024-07-18\","
            + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_fc9f1d7035\",";

    private static byte[] chunk(String delta, String finishReason) {
        return event(START + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"logprobs\":null,\"finish_reason\":"
                + finishReason + "}],\"usage\":null}");
    }

    private static byte[] event(String data) {
        return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sized(String head, String tail, int bytes) {
        StringBuilder body = new StringBuilder(head);
        for (int i = 0; body.length() < bytes - tail.length(); i++) {
            body.append(WORDS.charAt(i % WORDS.length()));
        }
        return body.append(tail).toString().getBytes(StandardCharsets.UTF_8);
    }
}
