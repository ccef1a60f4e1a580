package dev.gateway4j.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Keeps what refusals said, since reports only say that there was one and programs may swallow them. Thread-safe. */
final class RefusalTexts implements Interceptor {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ENOUGH = 64 * 1024;

    private final Map<String, String> texts = new ConcurrentHashMap<>();

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String call = response.header("x-gateway-call");
        if (response.header("x-gateway-refusal") != null && call != null) {
            texts.put(
                    call,
                    JSON.readTree(response.peekBody(ENOUGH).bytes())
                            .path("error")
                            .path("message")
                            .asText());
        }
        return response;
    }

    /** What the refusal of this call said; empty if the call went another way. */
    Optional<String> of(String callId) {
        return Optional.ofNullable(texts.get(callId));
    }
}
