package dev.gateway4j.okhttp.internal.cache.flight;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** In the place of the network: what a test sends arrives, and what the gateway does is seen. */
final class Wire implements Interceptor {
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Script> script = new AtomicReference<>();

    /** What an upstream does on its own. */
    interface Script {
        void play(Exchange exchange, int number);
    }

    /** Answers from now on by itself. */
    void plays(Script answers) {
        script.set(answers);
    }

    /** How many requests went out. */
    int asked() {
        return exchanges.size();
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    /** One that went out, counted from 0, once it is there. */
    Exchange exchange(int number) {
        Crowd.until(() -> exchanges.size() > number);
        return exchanges.get(number);
    }

    /** How many answers are open. */
    long open() {
        return exchanges.stream().filter(exchange -> !exchange.over.get()).count();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Exchange exchange = new Exchange(chain.request(), chain.call());
        exchanges.add(exchange);
        Script answers = script.get();
        if (answers != null) {
            answers.play(exchange, exchanges.size() - 1);
        }
        return exchange.answer();
    }

    private sealed interface Step {}

    private record Start(int status, String type, List<String> headers) implements Step {}

    @SuppressWarnings("ArrayRecordComponent") // consumed, never compared
    private record Bytes(byte[] data) implements Step {}

    private record Broken(IOException failure) implements Step {}

    private record End() implements Step {}

    /** One request and its answer, as far as the test has sent it. */
    static final class Exchange implements Source {
        private final Request request;
        private final Call call;
        private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger taken = new AtomicInteger();
        private final Buffer rest = new Buffer();

        Exchange(Request request, Call call) {
            this.request = request;
            this.call = call;
        }

        Request request() {
            return request;
        }

        Call call() {
            return call;
        }

        Exchange stream() {
            return starts(200, "text/event-stream");
        }

        Exchange json() {
            return starts(200, "application/json");
        }

        Exchange starts(int status, String type, String... headers) {
            steps.add(new Start(status, type, List.of(headers)));
            return this;
        }

        Exchange sends(String text) {
            return sends(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        Exchange sends(byte[] data) {
            steps.add(new Bytes(data));
            return this;
        }

        void ends() {
            steps.add(new End());
        }

        void breaks(IOException failure) {
            steps.add(new Broken(failure));
        }

        /** How many pieces the gateway has taken. */
        int taken() {
            return taken.get();
        }

        /** True once the gateway has cancelled the call and let go of the answer. */
        boolean canceled() {
            return call.isCanceled() && over.get();
        }

        private Response answer() throws IOException {
            Step step = next();
            if (step instanceof Start start) {
                Response.Builder response = new Response.Builder()
                        .request(request)
                        .protocol(Protocol.HTTP_1_1)
                        .code(start.status)
                        .message("")
                        .header("Content-Type", start.type)
                        .body(ResponseBody.create(Okio.buffer(this), MediaType.get(start.type), -1));
                for (int i = 0; i < start.headers.size(); i += 2) {
                    response.header(start.headers.get(i), start.headers.get(i + 1));
                }
                return response.build();
            }
            throw failure(step);
        }

        private IOException failure(Step step) {
            over.set(true);
            return step instanceof Broken broken ? broken.failure : new IOException("no answer: " + step);
        }

        @Override
        public long read(Buffer sink, long byteCount) throws IOException {
            if (rest.exhausted()) {
                Step step = next();
                if (step instanceof End) {
                    over.set(true);
                    return -1;
                }
                if (!(step instanceof Bytes bytes)) {
                    throw failure(step);
                }
                taken.incrementAndGet();
                rest.write(bytes.data);
            }
            return rest.read(sink, byteCount);
        }

        /** As a socket does: a cancelled call fails whatever it waits for. */
        private Step next() throws IOException {
            try {
                Step step = null;
                while (step == null) {
                    if (call.isCanceled()) {
                        over.set(true);
                        throw new IOException("Canceled");
                    }
                    step = steps.poll(1, TimeUnit.MILLISECONDS);
                }
                return step;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                over.set(true);
                throw new IOException(e);
            }
        }

        @Override
        public Timeout timeout() {
            return Timeout.NONE;
        }

        @Override
        public void close() {
            over.set(true);
        }
    }
}
