package dev.gateway4j.okhttp.flow.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.limit.LimitStatus;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.time.Duration;
import okhttp3.MultipartBody;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an upstream says of its own limits, or does not say, as the application sees it. */
@Timeout(60)
class LearnedFlowTest {
    private static final String LAST_REQUEST = RawServer.json(
            200,
            "{\"text\":\"hi\"}",
            "x-ratelimit-limit-requests: 60",
            "x-ratelimit-remaining-requests: 0",
            "x-ratelimit-reset-requests: 1m0s");

    private final ManualTime time = ManualTime.standing();

    @Test
    void a_transcription_takes_nothing_from_the_limit_of_image_edits() throws IOException {
        try (RawServer upstream = RawServer.keeping(LAST_REQUEST)) {
            House house = house(upstream);

            assertThat(house.ask(upload("audio/transcriptions"))).isEqualTo(200);

            assertThat(house.ask(upload("images/edits"))).isEqualTo(200);
            assertThat(house.ask(upload("audio/transcriptions"))).isEqualTo(429);
            assertThat(house.gateway.limits().all())
                    .extracting(LimitStatus::subject)
                    .containsExactly("openai:key-1//v1/audio/transcriptions", "openai:key-1//v1/images/edits");
        }
    }

    @Test
    void an_upstream_that_refuses_without_naming_its_limit_is_given_none() throws IOException {
        try (RawServer upstream = RawServer.keeping(
                RawServer.json(429, "{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}"))) {
            House house = house(upstream);
            assertThat(house.ask(Limited.ask())).isEqualTo(429);

            try (Response refused = house.client.newCall(Limited.ask()).execute()) {
                assertThat(refused.header("x-gateway-limit")).isEqualTo("upstream");
                assertThat(refused.header("retry-after")).isEqualTo("5");
                assertThat(refused.header("x-ratelimit-limit-requests")).isNull();
                assertThat(refused.header("x-ratelimit-remaining-requests")).isEqualTo("0");
                assertThat(refused.header("x-ratelimit-reset-requests")).isEqualTo("5s");
            }
            assertThat(upstream.requests()).hasSize(1);
        }
    }

    @Test
    void a_call_larger_than_the_upstreams_limit_is_told_when_it_may_try() throws IOException {
        try (RawServer upstream = RawServer.keeping(RawServer.json(
                200,
                Script.ANSWER,
                "x-ratelimit-limit-tokens: 1",
                "x-ratelimit-remaining-tokens: 0",
                "x-ratelimit-reset-tokens: 1m0s"))) {
            House house = house(upstream);
            assertThat(house.ask(Limited.ask())).isEqualTo(200);

            try (Response refused = house.client.newCall(Limited.ask()).execute()) {
                assertThat(refused.code()).isEqualTo(429);
                assertThat(refused.header("retry-after")).isEqualTo("61");
                assertThat(refused.body().string())
                        .contains("only one such call in their window; the next call fits in");
            }
            time.advance(Duration.ofSeconds(61));
            assertThat(house.ask(Limited.ask())).isEqualTo(200);
            assertThat(house.ask(Limited.ask())).isEqualTo(429);
        }
    }

    private House house(RawServer upstream) {
        return new House(
                Limited.passthrough("http://127.0.0.1:" + upstream.port() + "/v1", 1, RateLimitConfig.none()), time);
    }

    private static Request upload(String endpoint) {
        return new Request.Builder()
                .url("https://api.openai.com/v1/" + endpoint)
                .post(new MultipartBody.Builder()
                        .setType(MultipartBody.FORM)
                        .addFormDataPart("model", "whisper-1")
                        .build())
                .build();
    }
}
