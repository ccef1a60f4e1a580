package dev.gateway4j.okhttp.internal.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.okhttp.internal.call.Detached;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

/** Calls that belong to nobody. */
class DetachedClientTest {
    private final List<Request> asked = new ArrayList<>();
    private final List<Integer> readTimeouts = new ArrayList<>();

    @Test
    void a_detached_call_asks_for_no_encoding_of_the_applications_and_keeps_its_timeouts() throws Exception {
        Detached detached = new Detached(Optional.empty(), CallTags.none(), report -> {});
        DetachedClient client = new DetachedClient(
                new OkHttpClient.Builder().addInterceptor(this::answer).build());
        OkHttpClient application = new OkHttpClient.Builder()
                .readTimeout(Duration.ofSeconds(42))
                .addInterceptor(chain ->
                        client.newCall(chain, chain.request(), detached).execute())
                .build();
        Request request = new Request.Builder()
                .url("https://api.openai.com/v1/models")
                .header("Accept-Encoding", "br")
                .header("X-Mine", "kept")
                .build();

        application.newCall(request).execute().close();

        assertThat(asked).singleElement().satisfies(sent -> {
            assertThat(sent.header("Accept-Encoding")).isNull();
            assertThat(sent.header("X-Mine")).isEqualTo("kept");
            assertThat(sent.tag(Detached.class)).isSameAs(detached);
        });
        assertThat(readTimeouts).containsExactly(42_000);
    }

    private Response answer(Interceptor.Chain chain) throws IOException {
        asked.add(chain.request());
        readTimeouts.add(chain.readTimeoutMillis());
        return new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(200)
                .message("")
                .body(ResponseBody.create("", null))
                .build();
    }
}
