package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.okhttp.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Calls that record what has no cassette: through a client with a gateway in record mode, one for OpenAI and one for Azure. A request that
 * names a cassette that is there, but does not match it or cannot be read, is not recorded, unless that cassette was begun in this run. Thread-safe.
 */
final class LiveRecording implements AutoCloseable {
    private static final String NAME = "X-Cassette-Name";
    private static final String AZURE = "azure-";
    private static final String COMPATIBLE_ERROR = "X-TestOpenAI-Error";
    private static final int MISMATCH = 409;

    /** What the client says anew, the gateway puts on, or the compression it does not want to see. */
    private static final Set<String> NOT_SENT = Set.of(
            "host",
            "connection",
            "content-length",
            "transfer-encoding",
            "keep-alive",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "accept-encoding",
            "authorization",
            "api-key");

    private final Optional<Line> openAi;
    private final Optional<Line> azure;
    private final Predicate<String> there;
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private LiveRecording(Optional<Line> openAi, Optional<Line> azure, Predicate<String> there) {
        this.openAi = openAi;
        this.azure = azure;
        this.there = there;
    }

    /** Told whether there is a file of a name, so that one that cannot be read is not recorded over. */
    static LiveRecording of(
            RecordingKeys keys, Supplier<ConfigReader> settings, boolean compatible, Predicate<String> there) {
        return new LiveRecording(
                keys.openAi().map(upstream -> Line.of(upstream, keys, settings.get(), compatible)),
                keys.azure().map(upstream -> Line.of(upstream, keys, settings.get(), compatible)),
                there);
    }

    /** The call that records, if there was no recording to answer with. */
    Optional<Call> instead(WireRequest request, WireAnswer answer) {
        Optional<String> name = request.tags().cassette().filter(it -> !it.isEmpty());
        if (name.isEmpty() || !records(name.get(), status(answer))) {
            return Optional.empty();
        }
        Optional<Line> line = name.get().startsWith(AZURE) ? azure : openAi;
        line.ifPresent(found -> begun.add(name.get()));
        return line.map(found -> found.client.newCall(request(request, name.get(), found)));
    }

    private boolean records(String name, int status) {
        return status > 0 && (begun.contains(name) || (status != MISMATCH && !there.test(name)));
    }

    /** The status of an answer that says there is no recording; 0 for any other. */
    private static int status(WireAnswer answer) {
        if (answer instanceof WireRefusal refused) {
            RefusalReason reason = refused.refusal().reason();
            return reason == RefusalReason.NO_CASSETTE || reason == RefusalReason.CASSETTE_MISMATCH
                    ? reason.status()
                    : 0;
        }
        return answer instanceof WireReply reply
                        && reply.headers().first(COMPATIBLE_ERROR).isPresent()
                ? reply.status()
                : 0;
    }

    private static Request request(WireRequest request, String name, Line line) {
        Request.Builder sent = new Request.Builder()
                .url(line.address.of(request.path(), request.query()))
                .header(NAME, name);
        for (Map.Entry<String, String> header : request.headers().entries()) {
            if (!NOT_SENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                sent.addHeader(header.getKey(), header.getValue());
            }
        }
        boolean body =
                request.body().length > 0 || Set.of("POST", "PUT", "PATCH").contains(request.method());
        MediaType type =
                request.headers().first("content-type").map(MediaType::parse).orElse(null);
        return sent.method(request.method(), body ? RequestBody.create(request.body(), type) : null)
                .build();
    }

    @Override
    public void close() {
        openAi.ifPresent(Line::close);
        azure.ifPresent(Line::close);
    }

    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        openAi.ifPresent(line -> names.add("OpenAI"));
        azure.ifPresent(line -> names.add("Azure for names that begin with " + AZURE));
        return String.join(", ", names);
    }

    /** The way to one upstream. */
    private record Line(Gateway gateway, OkHttpClient client, RecordingKeys.Address address) {
        static Line of(RecordingKeys.Upstream upstream, RecordingKeys keys, ConfigReader settings, boolean compatible) {
            Gateway gateway =
                    Gateway.builder().config(keys.settings(upstream, settings)).build();
            OkHttpClient.Builder client = new OkHttpClient.Builder();
            if (compatible) {
                client.addInterceptor(new CompatibleRecording());
            }
            return new Line(gateway, gateway.wrap(client.build()), upstream.address());
        }

        void close() {
            gateway.close();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
        }
    }
}
