package dev.gateway4j.okhttp.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.limit.LimitKind;
import dev.gateway4j.api.limit.LimitRule;
import dev.gateway4j.api.limit.LimitScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LineTest {
    private static final Crowd.Kind PLATFORM = new Crowd.Kind("platform", Thread::new);
    private static final long SECOND = 1_000_000_000L;

    private final ManualTime time = ManualTime.standing();
    private final Turnstile turnstile = new Turnstile(time, 1_000);
    private final List<Integer> served = Collections.synchronizedList(new ArrayList<>());
    private final List<Admission> outcomes = Collections.synchronizedList(new ArrayList<>());

    static List<Crowd.Kind> kinds() {
        return Crowd.kinds().toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_order_of_arrival_is_the_order_of_admission(Crowd.Kind kind) throws Exception {
        Charge one = charge(bucket(10, time), 1);
        emptied(one);
        Crowd crowd = inLine(kind, 20, number -> stand(number, List.of(one), 60 * SECOND));

        for (int i = 1; i <= 20; i++) {
            time.advance(Duration.ofSeconds(1));
            until(served, i);
        }

        crowd.join();
        assertThat(served).isSorted().hasSize(20);
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void who_does_not_need_what_others_wait_for_passes() throws Exception {
        Charge blocked = charge(bucket(10, time), 1);
        Charge free = charge(bucket(10, time), 1);
        emptied(blocked);
        Crowd crowd = inLine(PLATFORM, 1, number -> stand(number, List.of(free, blocked), 60 * SECOND));

        assertThat(turnstile.admit(List.of(free), Turn.NOW)).isInstanceOf(Admission.Admitted.class);
        assertThat(free.allowance().remaining()).isEqualTo(9);

        time.advance(Duration.ofSeconds(1));
        crowd.join();
        assertThat(free.allowance().remaining()).isEqualTo(9);
    }

    @Test
    void a_small_call_does_not_overtake_a_large_one_that_waits_for_the_same() throws Exception {
        Allowance bucket = bucket(10, time);
        emptied(charge(bucket, 1));
        Crowd crowd = inLine(PLATFORM, 1, number -> stand(number, List.of(charge(bucket, 10)), 60 * SECOND));

        for (int i = 0; i < 9; i++) {
            time.advance(Duration.ofSeconds(1));
            Admission small = turnstile.admit(List.of(charge(bucket, 1)), Turn.NOW);
            assertThat(small).isInstanceOf(Admission.Refused.class);
            assertThat(((Admission.Refused) small).nanosUntil()).isEqualTo((10 - i) * SECOND);
        }
        time.advance(Duration.ofSeconds(1));

        crowd.join();
        assertThat(served).containsExactly(0);
    }

    @Test
    void a_waiter_with_two_needs_is_not_starved_by_those_with_one() throws Exception {
        Charge first = charge(bucket(10, time), 5);
        Charge second = charge(bucket(10, time), 5);
        emptied(charge(first.allowance(), 1));
        Crowd crowd = inLine(PLATFORM, 1, number -> stand(number, List.of(first, second), 600 * SECOND));

        int seconds = 0;
        while (turnstile.waiting() > 0 && seconds < 60) {
            // Whoever needs only one of the two takes what there is of it whenever he may.
            Admission unusedOne = turnstile.admit(List.of(charge(second.allowance(), 1)), Turn.NOW);
            Admission unusedOther = turnstile.admit(List.of(charge(first.allowance(), 1)), Turn.NOW);
            time.advance(Duration.ofSeconds(1));
            turnstile.serve();
            seconds++;
        }

        crowd.join();
        assertThat(seconds).isLessThan(20);
    }

    @Test
    void who_gives_up_leaves_at_once_and_the_next_is_served() throws Exception {
        Allowance bucket = bucket(10, time);
        emptied(charge(bucket, 1));
        AtomicBoolean canceled = new AtomicBoolean();
        Crowd large = inLine(
                PLATFORM,
                1,
                number -> outcomes.add(
                        turnstile.admit(List.of(charge(bucket, 10)), new Turn(60 * SECOND, canceled::get))));
        time.advance(Duration.ofSeconds(1));
        Crowd small = Crowd.start(PLATFORM, 1, number -> stand(number, List.of(charge(bucket, 1)), 60 * SECOND));
        awaitWaiting(2);

        canceled.set(true);

        large.join();
        small.join();
        assertThat(outcomes).containsExactly(new Admission.Canceled());
        assertThat(served).containsExactly(0);
        assertThat(bucket.remaining()).isZero();
    }

    @Test
    void who_is_interrupted_takes_nothing_and_the_next_is_served() throws Exception {
        Allowance bucket = bucket(10, time);
        emptied(charge(bucket, 1));
        AtomicInteger interrupted = new AtomicInteger();
        Crowd large = inLine(PLATFORM, 1, number -> {
            try {
                stand(number, List.of(charge(bucket, 10)), 60 * SECOND);
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            }
        });
        time.advance(Duration.ofSeconds(1));
        Crowd small = Crowd.start(PLATFORM, 1, number -> stand(number, List.of(charge(bucket, 1)), 60 * SECOND));
        awaitWaiting(2);

        large.thread(0).interrupt();

        large.join();
        small.join();
        assertThat(interrupted).hasValue(1);
        assertThat(served).containsExactly(0);
        assertThat(bucket.remaining()).isZero();
    }

    @Test
    void whose_wait_breaks_leaves_the_line_and_the_next_is_served() throws Exception {
        Allowance bucket = bucket(10, time);
        emptied(charge(bucket, 1));
        AtomicBoolean broken = new AtomicBoolean();
        BooleanSupplier breaks = () -> {
            if (broken.get()) {
                throw new AssertionError("a clock out of order");
            }
            return false;
        };
        Turn breaking = new Turn(60 * SECOND, breaks);
        Crowd large = inLine(PLATFORM, 1, number -> turnstile.admit(List.of(charge(bucket, 10)), breaking));
        time.advance(Duration.ofSeconds(1));
        Crowd small = Crowd.start(PLATFORM, 1, number -> stand(number, List.of(charge(bucket, 1)), 60 * SECOND));
        awaitWaiting(2);

        broken.set(true);

        assertThatThrownBy(large::join).hasRootCauseMessage("a clock out of order");
        // Whoever comes now finds nobody before him but the one who waits rightly.
        time.advance(Duration.ofSeconds(1));
        small.join();
        assertThat(turnstile.waiting()).isZero();
        assertThat(bucket.remaining()).isEqualTo(1);
    }

    @Test
    void what_was_taken_before_a_limit_broke_goes_back() {
        Allowance his = bucket(10, time);

        assertThatThrownBy(() -> turnstile.admit(user(his, new Untouchable()), waits(60 * SECOND)))
                .isInstanceOf(AssertionError.class);

        assertThat(his.remaining()).isEqualTo(10);
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void who_would_wait_too_long_is_told_so_at_once() throws Exception {
        Charge one = charge(bucket(10, time), 1);
        emptied(one);
        Crowd crowd = inLine(PLATFORM, 2, number -> stand(number, List.of(one), 60 * SECOND));

        Admission third = turnstile.admit(List.of(one), new Turn(2 * SECOND, LineTest::never));

        assertThat(third).isEqualTo(new Admission.Refused(one, 3 * SECOND, 0));
        time.advance(Duration.ofSeconds(2));
        crowd.join();
    }

    @Test
    void patience_ends_where_nobody_knows_when_a_place_becomes_free() throws Exception {
        Charge place = new Charge("concurrency", LimitScope.KEY, "", LimitKind.CONCURRENCY, new SlotAllowance(1), 1);
        emptied(place);
        Crowd crowd = inLine(
                PLATFORM,
                1,
                number -> outcomes.add(turnstile.admit(List.of(place), new Turn(5 * SECOND, LineTest::never))));

        time.advance(Duration.ofSeconds(5));

        crowd.join();
        assertThat(outcomes).hasOnlyElementsOfType(Admission.Refused.class).hasSize(1);
        assertThat(((Admission.Refused) outcomes.get(0)).waitedNanos()).isEqualTo(5 * SECOND);
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void who_has_less_patience_than_the_guess_at_a_free_place_waits_all_the_same() throws Exception {
        ManualTime moving = ManualTime.advancing();
        Turnstile alone = new Turnstile(moving, 10);
        Charge place = new Charge("concurrency", LimitScope.KEY, "", LimitKind.CONCURRENCY, new SlotAllowance(1), 1);
        emptied(place);

        Admission admission = alone.admit(List.of(place), waits(SECOND / 2));

        assertThat(admission).isEqualTo(new Admission.Refused(place, SECOND, SECOND / 2));
    }

    @Test
    void who_waits_for_a_place_is_not_sent_away_in_his_last_second() throws Exception {
        Charge place = new Charge("concurrency", LimitScope.KEY, "", LimitKind.CONCURRENCY, new SlotAllowance(1), 1);
        Admission.Admitted before = (Admission.Admitted) turnstile.admit(List.of(place), Turn.NOW);
        AtomicBoolean canceled = new AtomicBoolean();
        Crowd first = inLine(
                PLATFORM,
                1,
                number -> outcomes.add(turnstile.admit(List.of(place), new Turn(60 * SECOND, canceled::get))));
        Crowd second = Crowd.start(PLATFORM, 1, number -> stand(number, List.of(place), 5 * SECOND));
        awaitWaiting(2);
        time.advance(Duration.ofMillis(4_500));

        canceled.set(true);
        first.join();
        before.permit().keep();

        second.join();
        assertThat(outcomes).containsExactly(new Admission.Canceled());
    }

    @Test
    void a_call_that_ends_makes_room_for_the_first_in_line() throws Exception {
        Charge place = new Charge("concurrency", LimitScope.KEY, "", LimitKind.CONCURRENCY, new SlotAllowance(1), 1);
        Admission.Admitted before = (Admission.Admitted) turnstile.admit(List.of(place), Turn.NOW);
        Crowd crowd = inLine(PLATFORM, 5, number -> {
            Admission.Admitted mine =
                    (Admission.Admitted) turnstile.admit(List.of(place), new Turn(60 * SECOND, LineTest::never));
            served.add(number);
            mine.permit().keep();
        });

        before.permit().keep();

        crowd.join();
        assertThat(served).containsExactly(0, 1, 2, 3, 4);
        assertThat(place.allowance().remaining()).isEqualTo(1);
        assertThat(time.nanos()).isZero();
    }

    @Test
    void what_comes_back_serves_the_line_sooner_than_the_clock() throws Exception {
        Charge ten = charge(bucket(10, time), 10);
        Admission.Admitted before = (Admission.Admitted) turnstile.admit(List.of(ten), Turn.NOW);
        Crowd crowd = inLine(PLATFORM, 2, number -> stand(number, List.of(charge(ten.allowance(), 5)), 60 * SECOND));

        before.permit().giveBackAll();

        crowd.join();
        assertThat(served).containsExactlyInAnyOrder(0, 1);
        assertThat(time.nanos()).isZero();
    }

    @Test
    void the_line_has_an_end() throws Exception {
        Turnstile small = new Turnstile(time, 2);
        Charge one = charge(bucket(10, time), 1);
        emptied(one);
        Crowd crowd = Crowd.start(
                PLATFORM, 2, number -> outcomes.add(small.admit(List.of(one), new Turn(60 * SECOND, LineTest::never))));
        awaitWaiting(2);

        Admission third = small.admit(List.of(one), new Turn(60 * SECOND, LineTest::never));

        assertThat(third).isEqualTo(new Admission.Refused(one, 3 * SECOND, 0));
        time.advance(Duration.ofSeconds(2));
        crowd.join();
        assertThat(outcomes).hasOnlyElementsOfType(Admission.Admitted.class);
    }

    @Test
    void a_clock_that_its_waiters_move_goes_no_further_than_needed() throws Exception {
        ManualTime moving = ManualTime.advancing();
        Turnstile alone = new Turnstile(moving, 10);
        Charge one = charge(bucket(10, moving), 1);
        emptied(one);
        List<Long> times = new ArrayList<>();

        for (int i = 0; i < 5; i++) {
            Admission.Admitted admitted = (Admission.Admitted)
                    alone.admit(List.of(one), new Turn(moving.nanos() + 60 * SECOND, LineTest::never));
            times.add(admitted.waitedNanos());
            assertThat(admitted.waitedFor()).contains(one);
        }

        assertThat(times).containsOnly(SECOND);
        assertThat(moving.nanos()).isEqualTo(5 * SECOND);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void thousands_in_line_all_come_through(Crowd.Kind kind) throws Exception {
        int size = kind.name().equals("virtual") ? 3_000 : 300;
        Turnstile wide = new Turnstile(time, size);
        Charge place = new Charge("concurrency", LimitScope.KEY, "", LimitKind.CONCURRENCY, new SlotAllowance(30), 1);
        AtomicInteger through = new AtomicInteger();

        Crowd crowd = Crowd.start(kind, size, number -> {
            Admission.Admitted mine =
                    (Admission.Admitted) wide.admit(List.of(place), new Turn(3_600 * SECOND, LineTest::never));
            Crowd.pause();
            mine.permit().keep();
            through.incrementAndGet();
        });

        crowd.join();
        assertThat(through).hasValue(size);
        assertThat(place.allowance().remaining()).isEqualTo(30);
    }

    @Test
    void who_is_over_a_limit_of_his_own_does_not_hold_up_others_at_the_limit_of_all() throws Exception {
        Allowance all = bucket(10, time);
        Allowance his = bucket(1, Duration.ofMinutes(10));
        emptied(charge(all, 1));
        emptied(charge(his, 1));
        Crowd over =
                inLine(PLATFORM, 3, number -> outcomes.add(turnstile.admit(user(his, all), waits(3_600 * SECOND))));
        Crowd others = Crowd.start(PLATFORM, 3, number -> stand(number, user(bucket(9, time), all), 3 * SECOND));
        awaitWaiting(6);

        time.advance(Duration.ofSeconds(3));

        others.join();
        assertThat(served).containsExactlyInAnyOrder(0, 1, 2);
        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(turnstile.admit(user(his, all), Turn.NOW)).isInstanceOf(Admission.Refused.class);
            assertThat(turnstile.admit(user(bucket(9, time), all), Turn.NOW)).isInstanceOf(Admission.Admitted.class);
        }
        assertThat(turnstile.waiting()).isEqualTo(3);
        for (int i = 1; i <= 3; i++) {
            time.advance(Duration.ofMinutes(10));
            until(outcomes, i);
        }
        over.join();
        assertThat(outcomes).hasOnlyElementsOfType(Admission.Admitted.class);
    }

    @Test
    void a_long_stream_of_one_user_does_not_hold_up_others_at_the_limit_of_all() throws Exception {
        Allowance all = bucket(10, time);
        Charge place = new Charge("concurrency", LimitScope.USER, "x", LimitKind.CONCURRENCY, new SlotAllowance(1), 1);
        Admission.Admitted stream = (Admission.Admitted) turnstile.admit(List.of(charge(all, 10), place), Turn.NOW);
        Crowd more = inLine(PLATFORM, 2, number -> {
            Admission admission = turnstile.admit(List.of(charge(all, 2), place), waits(60 * SECOND));
            ((Admission.Admitted) admission).permit().keep();
            served.add(number);
        });

        for (int i = 0; i < 5; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(turnstile.admit(user(bucket(9, time), all), Turn.NOW)).isInstanceOf(Admission.Admitted.class);
        }
        stream.permit().keep();
        time.advance(Duration.ofSeconds(2));
        until(served, 1);
        time.advance(Duration.ofSeconds(2));

        more.join();
        assertThat(all.remaining()).isZero();
        assertThat(place.allowance().remaining()).isEqualTo(1);
    }

    @Test
    void who_waited_at_the_limit_of_all_gives_way_there_once_his_own_is_empty() throws Exception {
        Allowance all = bucket(10, time);
        Allowance his = bucket(1, Duration.ofMinutes(10));
        emptied(charge(all, 1));
        Crowd crowd = inLine(PLATFORM, 1, number -> stand(number, user(his, all), 3_600 * SECOND));
        Admission free = turnstile.admit(List.of(charge(LimitScope.USER, his, 1)), Turn.NOW);

        time.advance(Duration.ofSeconds(1));

        assertThat(free).isInstanceOf(Admission.Admitted.class);
        assertThat(turnstile.admit(user(bucket(9, time), all), Turn.NOW)).isInstanceOf(Admission.Admitted.class);
        time.advance(Duration.ofMinutes(10));
        crowd.join();
    }

    @Test
    void a_large_call_waits_its_turn_at_the_limit_of_all_and_nobody_drains_it_meanwhile() throws Exception {
        Allowance all = bucket(10, time);
        Allowance his = bucket(2, time);
        emptied(charge(all, 1));
        emptied(charge(his, 1));
        List<Charge> large = List.of(charge(all, 10), charge(LimitScope.USER, his, 2));
        Crowd crowd = inLine(PLATFORM, 1, number -> stand(number, large, 60 * SECOND));
        Allowance other = bucket(9, time);

        time.advance(Duration.ofSeconds(1));
        Admission whileHeLacksHisOwn = turnstile.admit(user(other, all), Turn.NOW);
        for (int i = 0; i < 9; i++) {
            time.advance(Duration.ofSeconds(1));
            assertThat(turnstile.admit(user(other, all), Turn.NOW)).isInstanceOf(Admission.Refused.class);
        }
        time.advance(Duration.ofSeconds(1));

        crowd.join();
        assertThat(whileHeLacksHisOwn).isInstanceOf(Admission.Admitted.class);
        assertThat(other.remaining()).isEqualTo(9);
        assertThat(all.remaining()).isZero();
    }

    @Test
    void who_is_over_a_limit_of_his_own_takes_nothing_from_the_limit_of_all_even_for_a_moment() throws Exception {
        Allowance his = bucket(1, time);
        emptied(charge(his, 1));
        Allowance untouchable = new Untouchable();

        Admission admission = turnstile.admit(user(his, untouchable), Turn.NOW);

        assertThat(((Admission.Refused) admission).by().allowance()).isSameAs(his);
    }

    private static boolean never() {
        return false;
    }

    private void stand(int number, List<Charge> charges, long deadline) throws InterruptedException {
        Admission admission = turnstile.admit(charges, new Turn(deadline, LineTest::never));
        assertThat(admission).isInstanceOf(Admission.Admitted.class);
        served.add(number);
    }

    /** Starts one after the other, each when the one before stands in line. */
    private Crowd inLine(Crowd.Kind kind, int size, Crowd.Work work) {
        AtomicInteger next = new AtomicInteger();
        Crowd crowd = Crowd.start(kind, size, number -> {
            while (next.get() != number || time.waiting() < number) {
                Crowd.pause();
            }
            next.incrementAndGet();
            work.run(number);
        });
        awaitWaiting(size);
        return crowd;
    }

    private void awaitWaiting(int size) {
        while (time.waiting() < size) {
            Crowd.pause();
        }
    }

    private static void until(List<?> list, int size) {
        while (list.size() < size) {
            Crowd.pause();
        }
    }

    private void emptied(Charge charge) {
        assertThat(charge.allowance().tryTake(charge.allowance().capacity())).isTrue();
    }

    private static Charge charge(Allowance allowance, long amount) {
        return charge(LimitScope.ENVIRONMENT, allowance, amount);
    }

    private static Charge charge(LimitScope scope, Allowance allowance, long amount) {
        return new Charge("tokens", scope, "", LimitKind.TOKENS, allowance, amount);
    }

    private static Turn waits(long deadline) {
        return new Turn(deadline, LineTest::never);
    }

    /** One from the limit of all, and one from that of a user. */
    private static List<Charge> user(Allowance his, Allowance all) {
        return List.of(charge(all, 1), charge(LimitScope.USER, his, 1));
    }

    /** One comes in every second. */
    private static Allowance bucket(long amount, TimeSource clock) {
        return bucket(amount, Duration.ofSeconds(amount), clock);
    }

    private Allowance bucket(long amount, Duration window) {
        return bucket(amount, window, time);
    }

    private static Allowance bucket(long amount, Duration window, TimeSource clock) {
        LimitRule rule =
                new LimitRule(LimitScope.ENVIRONMENT, LimitRule.EACH, LimitKind.TOKENS, amount, window, "tokens");
        return new BucketAllowance(new BucketAllowance.Bucket(Refill.of(rule), false, clock));
    }

    /** Full, and out of order as soon as anything is taken. */
    private static final class Untouchable implements Allowance {
        @Override
        public boolean tryTake(long amount) {
            throw new AssertionError("taken");
        }

        @Override
        public void giveBack(long amount) {
            throw new AssertionError("given back");
        }

        @Override
        public void overdraw(long amount) {
            throw new AssertionError("overdrawn");
        }

        @Override
        public long nanosUntil(long amount) {
            return 0;
        }

        @Override
        public long capacity() {
            return 1;
        }

        @Override
        public long remaining() {
            return 1;
        }
    }
}
