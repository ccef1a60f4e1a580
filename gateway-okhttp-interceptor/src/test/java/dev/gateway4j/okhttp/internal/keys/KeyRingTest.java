package dev.gateway4j.okhttp.internal.keys;

import static dev.gateway4j.okhttp.internal.keys.Rings.LOCAL;
import static dev.gateway4j.okhttp.internal.keys.Rings.call;
import static dev.gateway4j.okhttp.internal.keys.Rings.chosen;
import static dev.gateway4j.okhttp.internal.keys.Rings.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.KeyConfig.Selection;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.okhttp.internal.call.CallFacts;
import dev.gateway4j.okhttp.internal.keys.Asking.Tried;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.KeyLess;
import dev.gateway4j.okhttp.internal.keys.KeyChoice.NoKey;
import dev.gateway4j.okhttp.internal.keys.Verdict.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Which key a call gets while all are well. */
class KeyRingTest {
    private final Rings rings = Rings.usual();

    @Test
    void keys_share_the_calls_by_their_weight() {
        KeyRing ring = rings.ring(key("blue", 3), key("green", 1));

        Map<String, Integer> drawn = drawn(ring, 10_000);

        assertThat(drawn).containsOnlyKeys("blue", "green");
        assertThat(drawn.get("blue")).isBetween(7_300, 7_700);
    }

    @Test
    void of_two_the_one_with_more_left_is_taken() {
        KeyRing ring = rings.selection(Selection.LEAST_LOADED).ring(key("empty"), key("half"), key("full"));
        for (int i = 0; i < 100; i++) {
            KeyLease lease = Rings.lease(choose(ring, call()));
            long left =
                    lease.key().name().equals("empty") ? 1 : lease.key().name().equals("half") ? 50 : 100;
            ring.judge(lease, Rings.verdict(Fault.NONE), Rings.left(left, 100));
            lease.end();
        }

        Map<String, Integer> drawn = drawn(ring, 6_000);

        // Of the three pairs, "full" wins two and "empty" none.
        assertThat(drawn).containsOnlyKeys("half", "full");
        assertThat(drawn.get("full")).isBetween(3_700, 4_300);
    }

    @Test
    void what_was_used_up_comes_back_with_time() {
        KeyRing ring = rings.selection(Selection.LEAST_LOADED).ring(key("used"));
        KeyLease lease = Rings.lease(choose(ring, call()));
        ring.judge(lease, Rings.verdict(Fault.NONE), Rings.left(0, 100));

        rings.time.advance(Duration.ofSeconds(30));

        assertThat(lease.key().remaining(AskedModel.named(Rings.MODEL), rings.time.nanos()))
                .isEqualTo(0.5);
    }

    @Test
    void where_as_much_is_left_the_one_with_fewer_calls_under_way_is_taken() {
        KeyRing ring = rings.selection(Selection.LEAST_LOADED).ring(key("blue"), key("green"));
        KeyLease first = Rings.lease(choose(ring, call()));

        Map<String, Integer> drawn = drawn(ring, 100);

        assertThat(drawn).doesNotContainKey(first.key().name());
        first.end();
        first.end();
        assertThat(first.key().inFlight()).hasValue(0);
    }

    @Test
    void a_user_keeps_his_key_and_only_the_users_of_a_failing_one_move_and_come_back() {
        KeyRing ring = rings.selection(Selection.STICKY).ring(key("a", 2), key("b"), key("c"));
        Map<String, String> before = byUser(ring);
        Rings.judge(ring, Rings.lease(choose(ring, user(0))), Fault.KEY);
        String failed = before.get("user-0");

        Map<String, String> meanwhile = byUser(ring);
        rings.time.advance(Duration.ofSeconds(30));
        Rings.judge(ring, Rings.lease(choose(ring, user(0))), Fault.NONE);
        Map<String, String> after = byUser(ring);

        assertThat(after).isEqualTo(before);
        assertThat(meanwhile.values()).doesNotContain(failed);
        before.forEach((user, key) -> {
            if (!key.equals(failed)) {
                assertThat(meanwhile).containsEntry(user, key);
            }
        });
        // Weight 2 of 4: half of 2,000 users, give or take far more than chance would.
        assertThat(before.values().stream().filter("a"::equals).count()).isBetween(850L, 1150L);
    }

    @Test
    void the_same_user_of_two_tenants_is_two_users() {
        KeyRing ring = rings.selection(Selection.STICKY).ring(key("a"), key("b"));
        int apart = 0;

        for (int i = 0; i < 100; i++) {
            CallTags one = CallTags.none().withUser("u").withTenant("t" + i);
            assertThat(chosen(choose(ring, Rings.tagged(one)))).isEqualTo(chosen(choose(ring, Rings.tagged(one))));
            apart += chosen(choose(ring, Rings.tagged(one))).equals("a") ? 1 : 0;
        }

        assertThat(apart).isBetween(20, 80);
    }

    @Test
    void only_keys_that_allow_the_model_are_drawn_and_what_is_denied_is_denied() {
        KeyRing ring = rings.ring(
                key("any", 1, "o3*"), Rings.denying(key("four", 1, "gpt-4*"), "*-audio"), nothing("nothing"));

        assertThat(chosen(choose(ring, call("gpt-4o-mini")))).isEqualTo("four");
        assertThat(chosen(choose(ring, call("o3")))).isEqualTo("any");
        assertThat(choose(ring, call("gpt-4o-audio"))).isInstanceOf(NoKey.class);
        assertThat(choose(ring, call("gpt-5"))).isInstanceOf(NoKey.class);
    }

    @Test
    void a_pinned_key_is_used_or_nothing_is() {
        KeyRing ring = rings.ring(key("blue", 1_000_000), key("green", 1, "gpt-4o*"));
        CallTags green = CallTags.none().withKey("green");

        for (int i = 0; i < 20; i++) {
            assertThat(chosen(choose(ring, Rings.tagged(green)))).isEqualTo("green");
        }

        assertThat(choose(ring, Rings.tagged(CallTags.none().withKey("red"))))
                .isInstanceOfSatisfying(
                        NoKey.class, none -> assertThat(none.reason()).contains("named \"red\""));
        Rings.judge(ring, Rings.lease(choose(ring, Rings.tagged(green))), Fault.KEY);
        assertThat(choose(ring, Rings.tagged(green))).isInstanceOf(NoKey.class);
        assertThat(chosen(choose(ring, call()))).isEqualTo("blue");
    }

    @Test
    void a_pin_that_is_really_a_key_is_not_repeated() {
        CallTags slip = CallTags.none().withKey("sk-test-rings-slip-of-the-hand-0000");

        NoKey none = (NoKey) choose(rings.ring(key("blue")), Rings.tagged(slip));

        assertThat(none.reason()).doesNotContain("slip-of-the-hand");
    }

    @Test
    void a_key_is_chosen_in_its_time_only_and_two_may_overlap() {
        Instant start = rings.time.now();
        UpstreamKey old = Rings.valid(key("old"), Optional.empty(), Optional.of(start.plusSeconds(60)));
        UpstreamKey next = Rings.valid(key("next"), Optional.of(start.plusSeconds(30)), Optional.empty());
        KeyRing ring = rings.ring(old, next);

        assertThat(drawn(ring, 100)).containsOnlyKeys("old");
        rings.time.advance(Duration.ofSeconds(30));
        assertThat(drawn(ring, 100)).containsOnlyKeys("old", "next");
        rings.time.advance(Duration.ofSeconds(30));
        assertThat(drawn(ring, 100)).containsOnlyKeys("next");
    }

    @Test
    void a_key_whose_time_has_not_come_says_when_it_does() {
        Instant from = rings.time.now().plusSeconds(90);
        KeyRing ring = rings.ring(Rings.valid(key("next"), Optional.of(from), Optional.empty()));

        NoKey none = (NoKey) choose(ring, call());

        assertThat(none.reason()).contains("\"next\" is valid from " + from);
        assertThat(none.retryAfter()).contains(Duration.ofSeconds(90));
    }

    @Test
    void a_key_of_another_upstream_takes_openai_calls_there_but_no_others() {
        KeyRing ring = rings.ring(key("local-key", "local", 1));

        KeyLease lease = Rings.lease(choose(ring, call()));
        assertThat(lease.key().upstream()).isEqualTo(LOCAL);

        assertThat(choose(rings.ring(key("blue")), call(LOCAL, "gpt-4o", true))).isEqualTo(new KeyLess(LOCAL));
    }

    @Test
    void while_recording_a_call_to_openai_stays_there_as_long_as_a_key_does() {
        rings.mode(Mode.RECORD);
        KeyRing both = rings.ring(key("blue"), key("local-key", "local", 1_000_000));
        KeyRing elsewhere = rings.ring(key("local-key", "local", 1));

        assertThat(drawn(both, 100)).containsOnlyKeys("blue");
        assertThat(chosen(choose(both, call(LOCAL, "gpt-4o", true)))).isEqualTo("local-key");
        assertThat(chosen(choose(elsewhere, call()))).isEqualTo("local-key");
    }

    @Test
    void what_does_not_leave_needs_no_key() {
        assertThat(choose(rings.ring(), call(Upstream.OPENAI, "gpt-4o", false)))
                .isEqualTo(new KeyLess(Upstream.OPENAI));
        assertThat(choose(rings.ring(), call())).isInstanceOf(NoKey.class);
    }

    @Test
    void a_list_from_elsewhere_is_checked_and_what_is_left_out_is_said() {
        List<UpstreamKey> list = new ArrayList<>(Arrays.asList(key("lost", "nowhere", 1), null));
        KeyRing ring = rings.from(environment -> list);

        NoKey none = (NoKey) choose(ring, call());

        assertThat(none.reason()).contains("key \"lost\" names the upstream \"nowhere\"", "a key is null");
    }

    @Test
    void a_key_that_is_listed_twice_has_its_weight_once() {
        KeyRing ring = rings.ring(key("blue"), key("blue"), key("blue"), key("green"));

        assertThat(drawn(ring, 1_000).get("blue")).isBetween(400, 600);
    }

    @Test
    @SuppressWarnings("NullAway") // what a source in the field may do
    void a_source_that_gives_null_has_failed() {
        assertThatThrownBy(() -> choose(rings.from(environment -> null), call()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_new_list_counts_from_the_next_choice_on_and_a_new_value_begins_well() {
        AtomicReference<List<UpstreamKey>> list = new AtomicReference<>(List.of(key("blue"), key("green")));
        KeyRing ring = rings.from(environment -> Objects.requireNonNull(list.get()));
        for (int i = 0; i < 2; i++) {
            Rings.judge(ring, Rings.lease(choose(ring, call())), Fault.KEY);
        }
        assertThat(choose(ring, call())).isInstanceOf(NoKey.class);

        list.set(List.of(Rings.rotated(key("blue")), key("green")));

        assertThat(drawn(ring, 50)).as("green is known to be refused").containsOnlyKeys("blue");
    }

    private static KeyChoice choose(KeyRing ring, CallFacts call) {
        return ring.choose(call, Tried.NOTHING);
    }

    private static Map<String, Integer> drawn(KeyRing ring, int times) {
        Map<String, Integer> drawn = new HashMap<>();
        for (int i = 0; i < times; i++) {
            drawn.merge(chosen(choose(ring, call())), 1, Integer::sum);
        }
        return drawn;
    }

    private static CallFacts user(int number) {
        return Rings.tagged(CallTags.none().withUser("user-" + number));
    }

    private static Map<String, String> byUser(KeyRing ring) {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < 2_000; i++) {
            keys.put("user-" + i, chosen(choose(ring, user(i))));
        }
        return keys;
    }

    private static UpstreamKey nothing(String name) {
        UpstreamKey key = key(name);
        return new UpstreamKey(name, key.secret(), "openai", 1, List.of(), Optional.empty(), Optional.empty());
    }
}
