package dev.gateway4j.okhttp.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.okhttp.Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys that change all the time, some of them bad, under many threads. What would go over the wire is looked at where it leaves. */
@Timeout(60)
class RotationUnderLoadTest {
    private static final int THREADS = 64;
    private static final int ROTATIONS = 200;
    private static final int CALLS_PER_ROTATION = 16;
    private static final int SECRETS = 20;
    private static final int LIVE = 4;
    private static final Set<Integer> BAD = Set.of(3, 11);

    private final List<UpstreamKey> pool = new ArrayList<>();
    private final AtomicReference<List<UpstreamKey>> current = new AtomicReference<>(List.of());
    private final AtomicInteger swaps = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final ReentrantLock swapping = new ReentrantLock();
    private final Queue<String> misused = new ConcurrentLinkedQueue<>();

    @Test
    void no_call_fails_and_no_revoked_key_is_used_by_a_call_that_began_later() throws Exception {
        for (int i = 0; i < SECRETS; i++) {
            pool.add(UpstreamKey.of("slot-" + i, Secret.of("slot-" + i, secret(i))));
        }
        current.set(window(0));
        OkHttpClient client = Gateway.builder()
                .config(Settings.passthrough("https://api.openai.com/v1").build())
                .keySource(environment -> Objects.requireNonNull(current.get()))
                .time(ManualTime.standing())
                .build()
                .wrap(new OkHttpClient())
                .newBuilder()
                .addInterceptor(this::wire)
                .build();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<List<Integer>>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            work.add(() -> statuses(client));
        }

        Set<Integer> statuses = new HashSet<>();
        for (Future<List<Integer>> done : threads.invokeAll(work)) {
            statuses.addAll(done.get());
        }
        threads.shutdownNow();

        assertThat(statuses).containsExactly(200);
        assertThat(misused).isEmpty();
        assertThat(swaps).hasValue(ROTATIONS);
        assertThat(refused).as("control: bad keys were met").hasPositiveValue();
    }

    private List<Integer> statuses(OkHttpClient client) throws IOException {
        List<Integer> statuses = new ArrayList<>();
        for (int call = calls.incrementAndGet();
                call <= ROTATIONS * CALLS_PER_ROTATION;
                call = calls.incrementAndGet()) {
            if (call % CALLS_PER_ROTATION == 0) {
                swap();
            }
            Request request = Chat.plain()
                    .newBuilder()
                    .header("X-Began-After", Integer.toString(swaps.get()))
                    .build();
            try (Response response = client.newCall(request).execute()) {
                response.body().string();
                statuses.add(response.code());
            }
        }
        return statuses;
    }

    private void swap() {
        swapping.lock();
        try {
            current.set(window(swaps.get() + 1));
            swaps.incrementAndGet();
        } finally {
            swapping.unlock();
        }
    }

    private List<UpstreamKey> window(int from) {
        List<UpstreamKey> keys = new ArrayList<>();
        for (int i = 0; i < LIVE; i++) {
            keys.add(pool.get((from + i) % SECRETS));
        }
        return List.copyOf(keys);
    }

    /** Innermost, in the place of the network. */
    private Response wire(Interceptor.Chain chain) {
        Request request = chain.request();
        String sent = String.valueOf(request.header("Authorization")).replace("Bearer ", "");
        int began = Integer.parseInt(String.valueOf(request.header("X-Began-After")));
        Set<String> allowed = new HashSet<>();
        for (int i = began; i <= swaps.get() + 1; i++) {
            window(i).forEach(key -> allowed.add(secret(pool.indexOf(key))));
        }
        if (!allowed.contains(sent)) {
            misused.add(sent + " by a call that began after swap " + began);
        }
        boolean bad = BAD.stream().anyMatch(i -> secret(i).equals(sent));
        if (bad) {
            refused.incrementAndGet();
        }
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(bad ? 401 : 200)
                .message("")
                .body(ResponseBody.create(
                        bad ? "{\"error\":{\"code\":\"invalid_api_key\"}}" : LoopbackUpstream.CHAT, Chat.JSON))
                .build();
    }

    private static String secret(int number) {
        return "sk-test-underload-" + (char) ('a' + number) + "-0000";
    }
}
