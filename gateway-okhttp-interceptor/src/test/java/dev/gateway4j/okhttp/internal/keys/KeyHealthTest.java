package dev.gateway4j.okhttp.internal.keys;

import static dev.gateway4j.okhttp.internal.keys.Rings.call;
import static dev.gateway4j.okhttp.internal.keys.Rings.chosen;
import static dev.gateway4j.okhttp.internal.keys.Rings.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.call.KeyStatus;
import dev.gateway4j.api.call.KeyStatus.State;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.LimitHeaders;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.keys.Asking.Tried;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.NoKey;
import dev.gateway4j.okhttp.internal.keys.Verdict.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers do to keys, and how keys recover. */
@Timeout(60)
class KeyHealthTest {
    private final Rings rings = Rings.usual();

    @Test
    void a_refused_key_rests_for_thirty_seconds_then_one_call_tries_it() {
        KeyRing ring = rings.ring(key("blue"));
        fall(ring, Fault.KEY);

        rings.time.advance(Duration.ofSeconds(29));
        NoKey none = (NoKey) choose(ring);
        rings.time.advance(Duration.ofSeconds(1));
        KeyLease probe = Rings.lease(choose(ring));
        NoKey meanwhile = (NoKey) choose(ring);

        assertThat(none.reason()).contains("\"blue\" was refused (status 401 invalid_api_key)", "again in 1 s");
        assertThat(none.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(meanwhile.reason()).contains("being tried again by another call");
        Rings.judge(ring, probe, Fault.NONE);
        assertThat(chosen(choose(ring))).isEqualTo("blue");
        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void every_failed_probe_doubles_the_rest_up_to_thirty_two_times() {
        KeyRing ring = rings.ring(key("blue"));
        fall(ring, Fault.KEY);

        for (int seconds : new int[] {30, 60, 120, 240, 480, 960, 960}) {
            rings.time.advance(Duration.ofSeconds(seconds).minusNanos(1));
            assertThat(choose(ring)).isInstanceOf(NoKey.class);
            rings.time.advance(Duration.ofNanos(1));
            fall(ring, Fault.KEY);
        }
    }

    @Test
    void many_calls_that_were_under_way_when_a_key_fell_count_once() {
        KeyRing ring = rings.ring(key("blue"));
        List<KeyLease> underWay = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            underWay.add(Rings.lease(choose(ring)));
        }

        underWay.forEach(lease -> Rings.judge(ring, lease, Fault.KEY));

        rings.time.advance(Duration.ofSeconds(30));
        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void what_a_call_from_before_says_neither_heals_nor_fells_again() {
        KeyRing ring = rings.ring(key("blue"));
        KeyLease good = Rings.lease(choose(ring));
        KeyLease bad = Rings.lease(choose(ring));
        fall(ring, Fault.KEY);

        Rings.judge(ring, good, Fault.NONE);
        assertThat(choose(ring)).isInstanceOf(NoKey.class);
        rings.time.advance(Duration.ofSeconds(30));
        Rings.judge(ring, Rings.lease(choose(ring)), Fault.NONE);
        Rings.judge(ring, bad, Fault.KEY);

        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void a_probe_that_finds_out_nothing_leaves_the_next_call_to_try() {
        KeyRing ring = rings.ring(key("blue"));
        fall(ring, Fault.KEY);
        rings.time.advance(Duration.ofSeconds(30));

        Rings.judge(ring, Rings.lease(choose(ring)), Fault.ELSEWHERE);
        Rings.lease(choose(ring)).end();

        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void of_sixty_four_threads_one_probes() throws Exception {
        KeyRing ring = rings.ring(key("blue"));
        fall(ring, Fault.KEY);
        rings.time.advance(Duration.ofSeconds(30));
        int threads = 64;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Callable<KeyChoice>> calls = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            calls.add(() -> {
                start.await(30, TimeUnit.SECONDS);
                return choose(ring);
            });
        }

        int probes = 0;
        for (Future<KeyChoice> choice : pool.invokeAll(calls)) {
            probes += choice.get() instanceof KeyChoice.Chosen ? 1 : 0;
        }
        pool.shutdownNow();

        assertThat(probes).isEqualTo(1);
    }

    @Test
    void a_key_that_is_refused_for_a_model_serves_the_others() {
        KeyRing ring = rings.ring(key("blue"));

        fall(ring, Fault.KEY_FOR_MODEL);

        assertThat(((NoKey) choose(ring)).reason()).contains("was refused for this model");
        assertThat(chosen(ring.choose(call("gpt-4o-mini"), Tried.NOTHING))).isEqualTo("blue");
        rings.time.advance(Duration.ofSeconds(30));
        Rings.judge(ring, Rings.lease(choose(ring)), Fault.NONE);
        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void spent_money_pauses_a_key_for_ten_minutes_without_doubling() {
        KeyRing ring = rings.ring(key("blue"));
        fall(ring, Fault.MONEY);

        for (int i = 0; i < 3; i++) {
            assertThat(((NoKey) choose(ring)).reason()).contains("has spent its money", "again in 600 s");
            rings.time.advance(Duration.ofMinutes(10));
            fall(ring, Fault.MONEY);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"REQUESTS", "TOKENS"})
    void a_used_up_quota_cools_for_its_group_and_model_until_the_upstreams_time(Fault fault) {
        KeyRing ring = rings.ring(
                Rings.ofProject(key("one"), "proj"), Rings.ofProject(key("two"), "proj"), key("other", 1, "gpt-4o"));
        KeyLease lease = Rings.lease(ring.choose(Rings.tagged(pin("one")), Tried.NOTHING));
        Rings.judge(ring, lease, fault);

        for (int i = 0; i < 50; i++) {
            assertThat(chosen(choose(ring))).isEqualTo("other");
            assertThat(chosen(ring.choose(call("gpt-4o-mini"), Tried.NOTHING))).isIn("one", "two");
        }
        rings.time.advance(Duration.ofSeconds(20));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            names.add(chosen(choose(ring)));
        }
        assertThat(names).contains("one", "two", "other");
    }

    @Test
    void where_all_cool_the_one_that_is_free_first_is_handed_on() {
        KeyRing ring = rings.ring(key("late"), key("soon"));
        cool(ring, "late", Duration.ofSeconds(20));
        cool(ring, "soon", Duration.ofSeconds(5));

        for (int i = 0; i < 20; i++) {
            assertThat(chosen(choose(ring))).isEqualTo("soon");
        }
        assertThat(ring.choose(
                        call(), Tried.NOTHING.and(Rings.lease(choose(ring)).key())))
                .as("a call that was told to wait is not sent to the next one that has to wait")
                .isInstanceOf(NoKey.class);
    }

    @Test
    void what_is_not_the_keys_fault_changes_nothing() {
        KeyRing ring = rings.ring(key("blue"));

        fall(ring, Fault.ELSEWHERE);

        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void a_call_that_cannot_be_repeated_probes_only_if_there_is_no_other_way() {
        KeyRing ring = rings.ring(key("ill", 1_000_000), key("well"));
        Rings.judge(ring, Rings.lease(ring.choose(Rings.tagged(pin("ill")), Tried.NOTHING)), Fault.KEY);
        rings.time.advance(Duration.ofSeconds(30));

        for (int i = 0; i < 20; i++) {
            assertThat(chosen(ring.choose(Rings.streamed(), Tried.NOTHING))).isEqualTo("well");
        }
        assertThat(chosen(choose(ring))).isEqualTo("ill");
    }

    @Test
    void the_view_says_how_keys_stand_and_never_their_values() {
        KeyRing ring = rings.ring(key("blue"), key("green"));
        Rings.judge(ring, Rings.lease(ring.choose(Rings.tagged(pin("blue")), Tried.NOTHING)), Fault.KEY);
        cool(ring, "green", Duration.ofSeconds(5));

        List<KeyStatus> status = ring.status();

        assertThat(status).hasSize(3);
        assertThat(status.get(0)).satisfies(blue -> {
            assertThat(blue.state()).isEqualTo(State.QUARANTINED);
            assertThat(blue.until()).contains(rings.time.now().plusSeconds(30));
            assertThat(blue.reason()).isEqualTo("401 invalid_api_key");
        });
        assertThat(status.get(1).state()).isEqualTo(State.LIVE);
        assertThat(status.get(2)).satisfies(green -> {
            assertThat(green.model()).contains(Rings.MODEL);
            assertThat(green.state()).isEqualTo(State.COOLING);
            assertThat(green.reason()).isEqualTo("requests");
        });
        assertThat(status.toString()).doesNotContain("sk-test");
    }

    @Test
    void models_that_callers_make_up_do_not_fill_the_memory() {
        KeyRing ring = rings.ring(key("blue"));

        KeyLease last = Rings.lease(choose(ring));
        for (int i = 0; i < 5_000; i++) {
            KeyLease lease = Rings.lease(ring.choose(call("made-up-" + i), Tried.NOTHING));
            Rings.judge(ring, lease, i % 2 == 0 ? Fault.KEY_FOR_MODEL : Fault.TOKENS);
        }

        assertThat(last.key().uses()).hasSizeLessThanOrEqualTo(QuotaGroup.MAX_MODELS);
        assertThat(last.key().quota().models()).hasSizeLessThanOrEqualTo(QuotaGroup.MAX_MODELS);
    }

    @Test
    void a_long_name_of_a_model_is_not_kept_whole() {
        KeyRing ring = rings.ring(key("blue"));
        String one = "x".repeat(100_000) + "1";
        String other = "x".repeat(100_000) + "2";
        KeyLease lease = Rings.lease(ring.choose(call(one), Tried.NOTHING));
        Rings.judge(ring, lease, Fault.KEY_FOR_MODEL);
        Rings.judge(ring, Rings.lease(ring.choose(call(other), Tried.NOTHING)), Fault.TOKENS);

        assertThat(lease.key().uses().keySet())
                .allMatch(use -> use.model().name().length() < 300);
        assertThat(lease.key().quota().models().keySet())
                .allMatch(model -> model.name().length() < 300);
        assertThat(ring.choose(call(one), Tried.NOTHING)).isInstanceOf(NoKey.class);
        assertThat(lease.key().uses()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "blue"})
    void a_key_that_rests_refuses_nothing_that_never_leaves(String pin) {
        KeyRing ring = rings.ring(key("blue"));
        fall(ring, Fault.KEY);

        CallFacts staying = Rings.staying(pin.isEmpty() ? CallTags.none() : pin(pin));

        assertThat(ring.choose(staying, Tried.NOTHING)).isEqualTo(new KeyChoice.KeyLess(Upstream.OPENAI));
        assertThat(choose(ring)).isInstanceOf(NoKey.class);
    }

    @Test
    void a_right_that_is_missing_for_one_endpoint_is_there_for_the_others() {
        KeyRing ring = rings.ring(key("blue"));

        Rings.judge(
                ring,
                Rings.lease(ring.choose(Rings.at("/v1/files", Optional.empty()), Tried.NOTHING)),
                Fault.KEY_FOR_MODEL);

        assertThat(ring.choose(Rings.at("/v1/files", Optional.empty()), Tried.NOTHING))
                .isInstanceOfSatisfying(
                        NoKey.class, none -> assertThat(none.reason()).contains("was refused for this endpoint"));
        assertThat(chosen(ring.choose(Rings.at("/v1/batches", Optional.empty()), Tried.NOTHING)))
                .isEqualTo("blue");
    }

    @Test
    void no_caller_can_name_what_calls_without_a_model_share() {
        KeyRing ring = rings.ring(key("blue"));

        for (Fault fault : List.of(Fault.KEY_FOR_MODEL, Fault.TOKENS)) {
            KeyLease lease = Rings.lease(ring.choose(Rings.at("/v1/files", Optional.of("(none)")), Tried.NOTHING));
            Rings.judge(ring, lease, fault);
            rings.time.advance(Duration.ofSeconds(30));
        }
        Rings.judge(
                ring,
                Rings.lease(ring.choose(Rings.at("/v1/files", Optional.of("(none)")), Tried.NOTHING)),
                Fault.TOKENS);

        KeyLease lease = Rings.lease(ring.choose(Rings.at("/v1/files", Optional.empty()), Tried.NOTHING));
        assertThat(lease.key().quota().find(AskedModel.NONE)).isNull();
        assertThat(lease.key().forUse(Use.of(Rings.at("/v1/files", Optional.empty()))))
                .isNull();
    }

    @Test
    void where_no_limit_holds_a_call_a_cooling_key_refuses_it_with_the_honest_time() {
        KeyRing ring = rings.limits(false, OnLimit.REFUSE).ring(key("blue"), key("green"));
        cool(ring, "blue", Duration.ofSeconds(20));
        cool(ring, "green", Duration.ofSeconds(5));

        KeyChoice.Cooling cooling = (KeyChoice.Cooling) choose(ring);

        assertThat(cooling.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(cooling.reason()).contains("\"green\" is free first, in 5 s");
        rings.time.advance(Duration.ofSeconds(5));
        assertThat(chosen(choose(ring))).isEqualTo("green");
    }

    @Test
    void a_call_that_nobody_is_paid_for_is_held_by_no_limit_either() {
        KeyRing ring = rings.ring(key("blue"));
        CallFacts unpaid = Rings.get("/v1/models");
        KeyLease lease = Rings.lease(ring.choose(unpaid, Tried.NOTHING));
        ring.judge(lease, new Verdict(Fault.REQUESTS, "429", Duration.ofSeconds(7)), LimitHeaders.NONE);
        lease.end();

        assertThat(ring.choose(unpaid, Tried.NOTHING))
                .isInstanceOfSatisfying(KeyChoice.Cooling.class, cooling -> assertThat(cooling.retryAfter())
                        .isEqualTo(Duration.ofSeconds(7)));
    }

    @Test
    void in_shadow_nothing_is_held() {
        KeyRing ring = rings.limits(false, OnLimit.SHADOW).ring(key("blue"));
        cool(ring, "blue", Duration.ofSeconds(20));

        assertThat(chosen(choose(ring))).isEqualTo("blue");
    }

    @Test
    void of_two_waits_that_are_told_at_once_the_later_stays() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        AtomicInteger begun = new AtomicInteger();
        int rounds = 20_000;
        List<ModelQuota> quotas = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            quotas.add(new ModelQuota(0));
        }
        List<Callable<Integer>> tellers = new ArrayList<>();
        for (long wait : new long[] {10, 20}) {
            tellers.add(() -> {
                for (int i = 0; i < rounds; i++) {
                    begun.incrementAndGet();
                    while (begun.get() < 2 * (i + 1)) {
                        Thread.onSpinWait();
                    }
                    quotas.get(i).cool(ModelQuota.Kind.TOKENS, wait);
                }
                return rounds;
            });
        }

        for (Future<Integer> told : pool.invokeAll(tellers)) {
            assertThat(told.get()).isEqualTo(rounds);
        }
        pool.shutdownNow();

        assertThat(quotas).allMatch(quota -> quota.freeAt(true) == 20);
    }

    private void fall(KeyRing ring, Fault fault) {
        Rings.judge(ring, Rings.lease(choose(ring)), fault);
    }

    private static void cool(KeyRing ring, String name, Duration time) {
        KeyLease lease = Rings.lease(ring.choose(Rings.tagged(pin(name)), Tried.NOTHING));
        ring.judge(lease, new Verdict(Fault.REQUESTS, "429", time), LimitHeaders.NONE);
        lease.end();
    }

    private static CallTags pin(String name) {
        return CallTags.none().withKey(name);
    }

    private static KeyChoice choose(KeyRing ring) {
        CallFacts call = call();
        return ring.choose(call, Tried.NOTHING);
    }
}
