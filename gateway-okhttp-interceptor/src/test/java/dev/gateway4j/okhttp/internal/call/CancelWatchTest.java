package dev.gateway4j.okhttp.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that are never executed can be cancelled all the same. */
@Timeout(300)
final class CancelWatchTest {
    private final CancelWatch watch = new CancelWatch();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final AtomicReference<Thread> canceller = new AtomicReference<>();

    @Test
    void the_inner_call_is_cancelled_with_the_outer_one_and_forgotten() throws Exception {
        Call outer = call(new EventListener() {});
        Call inner = call(new Telling());
        watch.link(outer, inner);

        outer.cancel();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(inner.isCanceled()).isTrue();
        assertForgotten();
    }

    @Test
    void a_link_that_is_undone_leaves_nothing_behind() {
        Call outer = call(new EventListener() {});
        Call inner = call(new EventListener() {});

        watch.link(outer, inner).run();

        assertThat(watch.watched()).isZero();
        assertThat(inner.isCanceled()).isFalse();
    }

    @Test
    void an_application_can_end_while_calls_are_watched() throws Exception {
        Call outer = call(new EventListener() {});
        watch.link(outer, call(new Telling()));

        outer.cancel();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(canceller.get()).satisfies(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).isEqualTo("gateway4j-cancel-watch");
        });
    }

    @Test
    void an_event_listener_that_fails_does_not_end_the_watch_for_other_calls() throws Exception {
        Call first = call(new EventListener() {});
        CountDownLatch failed = new CountDownLatch(1);
        watch.link(first, call(new Failing(failed)));
        first.cancel();
        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
        Call second = call(new EventListener() {});
        watch.link(second, call(new Telling()));

        second.cancel();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        assertForgotten();
    }

    @Test
    void what_is_watched_when_it_is_closed_still_is_and_so_is_what_comes_later() throws Exception {
        Call before = call(new EventListener() {});
        watch.link(before, call(new Telling()));
        watch.close();
        Call after = call(new EventListener() {});
        CountDownLatch later = new CountDownLatch(1);
        Runnable unusedUnlink = watch.when(after::isCanceled, later::countDown);

        before.cancel();
        after.cancel();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
        assertForgotten();
        Objects.requireNonNull(canceller.get()).join(30_000);
        assertThat(canceller.get().isAlive()).isFalse();
    }

    @Test
    void an_error_in_an_action_or_in_a_condition_does_not_end_the_watch() throws Exception {
        CountDownLatch failed = new CountDownLatch(2);
        Runnable unusedUnlink = watch.when(() -> true, () -> {
            failed.countDown();
            throw new OutOfMemoryError("made up");
        });
        Runnable unlink = watch.when(
                () -> {
                    failed.countDown();
                    throw new StackOverflowError("made up");
                },
                () -> {});
        assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
        Call outer = call(new EventListener() {});
        watch.link(outer, call(new Telling()));

        outer.cancel();

        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        unlink.run();
        assertForgotten();
    }

    /** The link goes once the inner call has heard, which is a moment after its listener has. */
    private void assertForgotten() {
        while (watch.watched() > 0) {
            Thread.onSpinWait();
        }
        assertThat(watch.watched()).isZero();
    }

    private static Call call(EventListener listener) {
        return new OkHttpClient.Builder()
                .eventListener(listener)
                .build()
                .newCall(new Request.Builder().url("http://localhost/").build());
    }

    private final class Telling extends EventListener {
        @Override
        public void canceled(Call call) {
            canceller.set(Thread.currentThread());
            cancelled.countDown();
        }
    }

    private static final class Failing extends EventListener {
        private final CountDownLatch failed;

        Failing(CountDownLatch failed) {
            this.failed = failed;
        }

        @Override
        public void canceled(Call call) {
            failed.countDown();
            throw new IllegalStateException("a listener that fails");
        }
    }
}
