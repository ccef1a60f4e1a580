package dev.gateway4j.okhttp.flow;

import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Requests as an application would send them. */
final class Chat {
    static final MediaType JSON = MediaType.get("application/json");
    static final String URL = "https://api.openai.com/v1/chat/completions";
    static final String PLAIN =
            "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]}";
    static final String STREAMED =
            "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                    + "\"messages\":[{\"role\":\"user\",\"content\":\"What is the capital of France?\"}]}";

    private Chat() {}

    static Request plain() {
        return post(URL, PLAIN);
    }

    static Request streamed() {
        return post(URL, STREAMED);
    }

    static Request post(String url, String body) {
        return new Request.Builder()
                .url(url)
                .header("Authorization", "Bearer sk-test-application-0000")
                .post(RequestBody.create(body, JSON))
                .build();
    }
}
