package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Source;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.config.CacheConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hits and misses, in both shapes, and what is said about them. */
@Timeout(60)
class CacheFlowTest {
    private final ManualTime time = ManualTime.standing();
    private final Answers upstream = Answers.paris();
    private final House house = new House(CacheConfig.defaults(), time, upstream);

    @Test
    void the_second_call_is_answered_with_the_bytes_of_the_first() {
        House.Answer first = house.get(House.plain("What?"));
        time.advance(Duration.ofSeconds(12));

        House.Answer second = house.get(House.plain("What?"));

        assertThat(first.cache()).isEqualTo("miss");
        assertThat(second.cache()).isEqualTo("hit; age=12");
        assertThat(second.body()).isEqualTo(first.body()).isEqualTo(Answers.PARIS);
        assertThat(second.headers().get("content-type")).isEqualTo("application/json");
        assertThat(second.headers().get("x-request-id")).isEqualTo("req-1");
        assertThat(second.headers().get("x-gateway-source")).isEqualTo("cache");
        assertThat(second.headers().get("x-gateway-cost-usd")).isEqualTo("0");
        assertThat(second.headers().get("x-gateway-attempts")).isEqualTo("0");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_hit_reports_that_it_used_nothing_and_what_it_saved() {
        House.Answer first = house.get(House.plain("What?"));
        time.advance(Duration.ofSeconds(12));

        House.Answer hit = house.get(House.plain("What?"));

        assertThat(hit.report().source()).isEqualTo(Source.CACHE);
        assertThat(hit.report().usage()).contains(Usage.of(0, 0));
        assertThat(hit.report().cost()).isEqualTo(Cost.NOTHING);
        assertThat(hit.report().attempts()).isEmpty();
        assertThat(hit.report().ending()).isEqualTo(Ending.COMPLETED);
        assertThat(hit.report().modelServed()).contains("gpt-4o-mini-2024-07-18");
        assertThat(hit.outcome().status()).isEqualTo(CacheStatus.HIT);
        assertThat(hit.outcome().age()).contains(Duration.ofSeconds(12));
        assertThat(hit.outcome().saved()).contains(Usage.of(14, 2));
        assertThat(hit.outcome().savedCost()).isEqualTo(first.report().cost());
        assertThat(first.report().cost()).isInstanceOf(Cost.Known.class).isNotEqualTo(Cost.NOTHING);
        assertThat(house.stats().count(CacheStatus.MISS)).isEqualTo(1);
        assertThat(house.stats().count(CacheStatus.HIT)).isEqualTo(1);
        assertThat(house.stats().entries()).isEqualTo(1);
        assertThat(house.stats().savings().calls()).isEqualTo(1);
        assertThat(house.stats().savings().inputTokens()).isEqualTo(14);
        assertThat(house.stats().netUsd()).isPositive();
    }

    @Test
    void an_ordinary_miss_looks_as_without_a_cache() {
        House bare = new House(CacheConfig.off(), time, Answers.paris());

        House.Answer miss = house.get(House.plain("What?"));
        House.Answer without = bare.get(House.plain("What?"));

        assertThat(miss.body()).isEqualTo(without.body());
        assertThat(miss.report().usage()).isEqualTo(without.report().usage());
        assertThat(miss.report().cost()).isEqualTo(without.report().cost());
        assertThat(miss.report().source()).isEqualTo(without.report().source());
        assertThat(miss.report().modelServed()).isEqualTo(without.report().modelServed());
        assertThat(miss.report().attempts()).hasSameSizeAs(without.report().attempts());
        assertThat(miss.headers()
                        .newBuilder()
                        .removeAll("x-gateway-cache")
                        .removeAll("x-gateway-call")
                        .build())
                .isEqualTo(without.headers()
                        .newBuilder()
                        .removeAll("x-gateway-call")
                        .build());
        assertThat(house.reports()).hasSize(1);
        assertThat(without.report().cache()).isEmpty();
    }

    @Test
    void order_and_white_space_do_not_matter_and_everything_else_does() {
        house.get(House.plain("What?"));

        House.Answer same = house.get(House.post(
                House.CHAT_URL,
                "{ \"messages\" : [ {\"content\":\"What?\", \"role\":\"user\"} ],\n\"model\":\"gpt-4o-mini\" }"));
        House.Answer other = house.get(
                House.post(House.CHAT_URL, House.question("What?").replace("{\"model\"", "{\"seed\":7,\"model\"")));

        assertThat(same.cache()).startsWith("hit");
        assertThat(other.cache()).startsWith("miss");
    }

    @Test
    void a_plain_answer_serves_a_stream_with_its_usage_where_that_is_wanted() {
        house.get(House.plain("What?"));

        House.Answer bare = house.get(House.streamed("What?"));
        House.Answer full = house.get(House.streamedWithUsage("What?"));

        assertThat(bare.cache()).startsWith("hit");
        assertThat(bare.headers().get("content-type")).startsWith("text/event-stream");
        assertThat(bare.body()).contains("Paris.").endsWith("data: [DONE]\n\n").doesNotContain("prompt_tokens");
        assertThat(full.cache()).startsWith("hit");
        assertThat(full.body()).contains("\"prompt_tokens\":14").endsWith("data: [DONE]\n\n");
        assertThat(full.report().usage()).contains(Usage.of(0, 0));
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_stream_serves_a_plain_call_and_streams_with_and_without_usage() {
        House.Answer first = house.get(House.streamedWithUsage("What?"));

        House.Answer same = house.get(House.streamedWithUsage("What?"));
        House.Answer bare = house.get(House.streamed("What?"));
        House.Answer plain = house.get(House.plain("What?"));

        assertThat(first.body()).isEqualTo(String.join("", Answers.PARIS_STREAM));
        assertThat(same.body()).isEqualTo(first.body());
        assertThat(same.cache()).startsWith("hit");
        assertThat(bare.cache()).startsWith("hit");
        assertThat(bare.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
        assertThat(plain.cache()).startsWith("hit");
        assertThat(plain.body()).contains("\"content\":\"Paris.\"").contains("\"prompt_tokens\":14");
        assertThat(plain.headers().get("content-type")).startsWith("application/json");
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void a_stream_that_does_not_say_what_it_used_serves_no_plain_call() {
        Answers silent = Answers.by(request -> Answers.body(request).contains("\"stream\":true")
                ? Answers.stream(
                        request,
                        Answers.PARIS_STREAM.stream()
                                .filter(event -> !event.contains("prompt_tokens"))
                                .toList(),
                        Duration.ZERO)
                : Answers.json(request, 200, Answers.PARIS));
        House quiet = new House(CacheConfig.defaults(), time, silent);
        quiet.get(House.streamed("What?"));

        assertThat(quiet.get(House.streamed("What?")).cache()).startsWith("hit");
        assertThat(quiet.get(House.plain("What?")).cache()).startsWith("miss");
        assertThat(quiet.get(House.streamed("What?")).cache()).startsWith("hit");
    }

    @Test
    void forms_that_were_made_are_remembered_and_weighed() {
        house.get(House.plain("What?"));
        long before = house.stats().bytes();

        house.get(House.streamed("What?"));
        long after = house.stats().bytes();
        house.get(House.streamed("What?"));

        assertThat(after).isGreaterThan(before);
        assertThat(house.stats().bytes()).isEqualTo(after);
        assertThat(house.stats().entries()).isEqualTo(1);
    }

    @Test
    void what_is_no_post_passes_untouched() {
        House.Answer answer = house.get(House.plain("What?")
                .newBuilder()
                .url("https://api.openai.com/v1/models")
                .get()
                .build());

        assertThat(answer.cache()).startsWith("bypass; reason=");
        assertThat(house.stats().count(CacheStatus.BYPASS)).isEqualTo(1);
        assertThat(house.stats().entries()).isZero();
    }
}
