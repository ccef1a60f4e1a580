package dev.gateway4j.okhttp.flow.cache;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Mode;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.cache.AnswerCache;
import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.config.RateLimitConfig;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.okhttp.flow.faults.RawServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** What a hit needs none of, and what is said about it. */
@Timeout(60)
class WithoutKeysTest {
    private final ManualTime time = ManualTime.standing();

    @Test
    void a_hit_spends_no_quota() {
        LimitRule one = new LimitRule(
                LimitScope.USER,
                LimitRule.EACH,
                LimitKind.REQUESTS,
                1,
                Duration.ofMinutes(1),
                "per_user.requests_per_minute");
        GatewayConfig config = House.simulated(CacheConfig.defaults()).withRateLimits(RateLimitConfig.of(List.of(one)));
        House house = new House(Gateway.builder().config(config).time(time).standIn(Answers.paris()));
        Request anna = House.with(House.plain("What?"), "X-Gateway-User", "anna");
        house.get(anna);

        for (int i = 0; i < 20; i++) {
            assertThat(house.get(anna).cache()).startsWith("hit");
        }
        House.Answer refused = house.get(House.with(House.plain("Else?"), "X-Gateway-User", "anna"));
        assertThat(refused.status()).as("control: a miss does").isEqualTo(429);
        assertThat(house.get(anna).cache()).startsWith("hit");
    }

    @Test
    void a_refusal_of_the_gateway_is_not_kept() {
        LimitRule one = new LimitRule(
                LimitScope.USER,
                LimitRule.EACH,
                LimitKind.REQUESTS,
                1,
                Duration.ofMinutes(1),
                "per_user.requests_per_minute");
        GatewayConfig config = House.simulated(CacheConfig.defaults()).withRateLimits(RateLimitConfig.of(List.of(one)));
        House house = new House(Gateway.builder().config(config).time(time).standIn(Answers.paris()));
        Request anna = House.with(House.plain("Else?"), "X-Gateway-User", "anna");
        house.get(House.with(House.plain("What?"), "X-Gateway-User", "anna"));

        assertThat(house.get(anna).status()).isEqualTo(429);
        time.advance(Duration.ofMinutes(1));
        assertThat(house.get(anna).cache()).isEqualTo("miss");
    }

    @Test
    void a_hit_needs_no_key() throws IOException {
        AtomicBoolean revoked = new AtomicBoolean();
        try (RawServer server = RawServer.keeping(RawServer.json(200, Answers.PARIS))) {
            House house = new House(Gateway.builder()
                    .config(House.passthrough(server.url("/v1"), CacheConfig.defaults()))
                    .keySource(environment -> revoked.get()
                            ? List.of()
                            : List.of(UpstreamKey.of("blue", Secret.of("blue", "sk-test-without-keys-0000"))))
                    .time(time));
            house.get(House.plain("What?"));
            revoked.set(true);
            time.advance(Duration.ofMinutes(10));

            assertThat(house.get(House.plain("What?")).cache()).startsWith("hit");
            assertThat(house.get(House.plain("Else?")).status()).as("control").isEqualTo(401);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_cache_line_says_what_became_of_the_call() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.gateway4j.cost");
        Level before = logger.getLevel();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            House house = new House(Gateway.builder()
                    .config(House.simulated(CacheConfig.defaults()))
                    .time(time)
                    .random(new Random(7))
                    .priceBook((model, usage, at) -> new Cost.Known(new BigDecimal("0.0042")))
                    .standIn(Answers.paris()));
            house.get(House.plain("What?"));
            time.advance(Duration.ofSeconds(12));
            house.get(House.with(House.plain("What?"), "X-Gateway-Tenant", "acme"));
            house.get(House.plain("What?"));
            house.get(House.policy(House.plain("What?"), "no-store"));
            house.close();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }

        assertThat(log.list.stream()
                        .map(ILoggingEvent::getFormattedMessage)
                        .map(line -> line.replaceAll("call=[0-9a-f]+", "call=ID"))
                        .collect(Collectors.toList()))
                .containsExactly(
                        "call=ID model=gpt-4o-mini-2024-07-18 route=openai key=- mode=simulated cache=miss attempts=1 status=200"
                                + " tokens=14+2 cost_usd=0.0042 ms=0 endpoint=/v1/chat/completions ending=completed"
                                + " first_byte_ms=0 tries=-:200",
                        "call=ID model=gpt-4o-mini-2024-07-18 route=openai key=- mode=simulated cache=miss attempts=1 status=200"
                                + " tokens=14+2 cost_usd=0.0042 ms=0 endpoint=/v1/chat/completions ending=completed"
                                + " first_byte_ms=0 tries=-:200 tenant=acme",
                        "call=ID model=gpt-4o-mini-2024-07-18 route=- key=- mode=simulated cache=hit attempts=0 status=200"
                                + " tokens=0+0 cost_usd=0 ms=0 endpoint=/v1/chat/completions ending=completed"
                                + " first_byte_ms=0 cache_age_s=12 saved_usd=0.0042",
                        "call=ID model=gpt-4o-mini-2024-07-18 route=openai key=- mode=simulated cache=bypass attempts=1"
                                + " status=200 tokens=14+2 cost_usd=0.0042 ms=0 endpoint=/v1/chat/completions ending=completed"
                                + " first_byte_ms=0 tries=-:200",
                        "cache saved calls=1 tokens=14+2 usd=0.0042 unpriced=0");
    }

    @Test
    void where_everything_is_recorded_nothing_is_cached() {
        GatewayConfig recording = House.config(
                Mode.RECORD,
                House.at("http://127.0.0.1:9/v1"),
                List.of(UpstreamKey.of("blue", Secret.of("blue", "sk-test-without-keys-0001"))),
                CacheConfig.defaults());

        try (Gateway gateway = Gateway.builder()
                .config(recording)
                .recorder(request -> {
                    throw new IllegalStateException("never asked");
                })
                .build()) {
            assertThat(gateway.cache()).isSameAs(AnswerCache.NONE);
        }
    }
}
