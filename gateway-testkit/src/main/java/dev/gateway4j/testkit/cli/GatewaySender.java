package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.config.Upstream;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Protocol;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.Sender;
import dev.gateway4j.okhttp.Gateway;
import dev.gateway4j.testkit.CassetteRequests;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;

/** Sends recorded requests for real: through a gateway, which has the keys. */
final class GatewaySender implements Sender {
    private static final String AZURE_PLACEHOLDER = "resource-name.cognitiveservices.azure.com";
    private static final long PIECE = 64 * 1024;
    private static final long ENOUGH = 64 * 1024;

    private final Gateway gateway;
    private final OkHttpClient client;
    private final TimeSource time;

    GatewaySender(Gateway gateway, OkHttpClient client, TimeSource time) {
        this.gateway = gateway;
        this.client = client;
        this.time = time;
    }

    @Override
    public RecordedResponse send(RecordedRequest recorded) throws IOException {
        Request request = request(recorded);
        long start = time.nanos();
        try (Response response = client.newCall(request).execute()) {
            refused(response);
            return read(response, Duration.ofNanos(time.nanos() - start));
        }
    }

    /** What the gateway refuses has not left, unless every upstream was tried. */
    private static void refused(Response response) throws IOException {
        String refusal = response.header("x-gateway-refusal");
        if (refusal == null) {
            return;
        }
        String why = Facts.json(RecordedBody.of(response.peekBody(ENOUGH).bytes()))
                .at("/error/message")
                .asText("the gateway refused it");
        throw refusal.equals(RefusalReason.UPSTREAMS_EXHAUSTED.id()) ? new IOException(why) : new NotSentException(why);
    }

    private Request request(RecordedRequest recorded) throws NotSentException {
        try {
            Request request = CassetteRequests.okhttp(recorded);
            return request.url().host().equals(AZURE_PLACEHOLDER)
                    ? request.newBuilder().url(azure(request.url())).build()
                    : request;
        } catch (CassetteException e) {
            throw new NotSentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Recordings of Azure name no resource, and the model in the place of the deployment. */
    private HttpUrl azure(HttpUrl recorded) throws NotSentException {
        Upstream upstream = gateway.config().upstreams().values().stream()
                .filter(it -> it.kind() == Upstream.Kind.AZURE)
                .findFirst()
                .orElseThrow(
                        () -> new NotSentException("recordings of Azure are sent to an upstream of kind azure, and the"
                                + " settings have none; add one, with a key"));
        HttpUrl.Builder url = HttpUrl.get(upstream.baseUrl().toString().replaceFirst("/$", "") + recorded.encodedPath())
                .newBuilder()
                .encodedQuery(recorded.encodedQuery());
        Endpoint.deployment(recorded.encodedPath()).ifPresent(model -> {
            int at = recorded.pathSegments().indexOf("deployments")
                    + 1
                    + HttpUrl.get(upstream.baseUrl()).pathSegments().size()
                    - 1;
            url.setPathSegment(at, upstream.deployment(model));
        });
        if (recorded.queryParameter("api-version") == null) {
            upstream.apiVersion().ifPresent(version -> url.setQueryParameter("api-version", version));
        }
        return url.build();
    }

    private RecordedResponse read(Response response, Duration head) throws IOException {
        WireHeaders.Builder headers = WireHeaders.builder();
        for (int i = 0; i < response.headers().size(); i++) {
            if (!response.headers().name(i).toLowerCase(Locale.ROOT).startsWith("x-gateway-")) {
                headers.add(response.headers().name(i), response.headers().value(i));
            }
        }
        Buffer body = new Buffer();
        StringBuilder chunks = new StringBuilder();
        BufferedSource source = response.body().source();
        long last = time.nanos();
        for (long count = source.read(body, PIECE); count >= 0; count = source.read(body, PIECE)) {
            long now = time.nanos();
            chunks.append(chunks.isEmpty() ? "" : " ")
                    .append((now - last) / 1000)
                    .append('+')
                    .append(count);
            last = now;
        }
        RecordedResponse answer = RecordedResponse.of(
                response.code(), Fields.of(headers.build()), RecordedBody.of(body.readByteArray()), head);
        return new RecordedResponse(
                protocol(response),
                answer.transferEncoding(),
                answer.trailer(),
                answer.contentLength(),
                false,
                answer.body(),
                answer.headers(),
                response.code() + (response.message().isEmpty() ? "" : " " + response.message()),
                response.code(),
                head,
                chunks.isEmpty() ? answer.extras() : answer.extras().with(RecordedResponse.CHUNKS, chunks.toString()));
    }

    private static Protocol protocol(Response response) {
        return response.protocol() == okhttp3.Protocol.HTTP_2 ? new Protocol("HTTP/2.0", 2, 0) : Protocol.HTTP_1_1;
    }
}
