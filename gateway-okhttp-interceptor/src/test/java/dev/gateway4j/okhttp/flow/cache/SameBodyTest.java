package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallTags;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The same bytes again, while something beside them differs: what is remembered of a body must not hide it. */
@Timeout(60)
class SameBodyTest {
    private final House house = House.standing(Answers.paris());

    @Test
    void whatever_differs_beside_the_body_is_seen() {
        Request plain = House.plain("What?");
        house.get(plain);
        assertThat(house.get(plain).cache()).startsWith("hit");

        assertThat(house.get(House.with(plain, "X-Gateway-Tenant", "acme")).cache())
                .isEqualTo("miss");
        assertThat(house.get(House.with(plain, "OpenAI-Beta", "beta-1")).cache())
                .isEqualTo("miss");
        assertThat(house.get(House.policy(plain, "namespace=other")).cache()).isEqualTo("miss");
        assertThat(house.get(House.policy(plain, "no-store")).cache()).startsWith("bypass");
        assertThat(house.get(plain.newBuilder().url(House.CHAT_URL + "?v=2").build())
                        .cache())
                .isEqualTo("miss");
        assertThat(house.get(plain.newBuilder()
                                .url("https://api.openai.com/v1/completions")
                                .build())
                        .cache())
                .startsWith("miss");
        assertThat(house.get(plain.newBuilder()
                                .tag(CallTags.class, CallTags.none().withKey("green"))
                                .build())
                        .cache())
                .isNotEqualTo("hit; age=0");
        assertThat(house.get(plain).cache()).startsWith("hit");
    }

    @Test
    void credentials_make_no_difference() {
        house.get(House.with(House.plain("What?"), "Authorization", "Bearer sk-test-same-body-0000"));

        assertThat(house.get(House.with(House.plain("What?"), "Authorization", "Bearer sk-test-same-body-0001"))
                        .cache())
                .startsWith("hit");
    }
}
