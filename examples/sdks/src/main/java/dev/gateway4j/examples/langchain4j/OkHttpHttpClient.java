package dev.gateway4j.examples.langchain4j;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * An HTTP client of LangChain4j over OkHttp, for JSON; it does not send forms. Thread-safe.
 *
 * @param http what the calls go through
 */
record OkHttpHttpClient(OkHttpClient http) implements HttpClient {
    private static final MediaType JSON = MediaType.get("application/json");

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try (Response response = http.newCall(translate(request)).execute()) {
            return head(response).body(response.body().bytes()).build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        http.newCall(translate(request)).enqueue(new Callback() {
            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    listener.onOpen(head(response).build());
                    parser.parse(response.body().byteStream(), listener);
                    listener.onClose();
                } catch (IOException | RuntimeException e) {
                    listener.onError(e);
                }
            }

            @Override
            public void onFailure(Call call, IOException e) {
                listener.onError(e);
            }
        });
    }

    private static Request translate(HttpRequest request) {
        Request.Builder builder = new Request.Builder().url(request.url());
        request.headers().forEach((name, values) -> values.forEach(value -> builder.addHeader(name, value)));
        RequestBody body = request.body() == null ? null : RequestBody.create(request.body(), JSON);
        return builder.method(request.method().name(), body).build();
    }

    private static SuccessfulHttpResponse.Builder head(Response response) throws IOException {
        if (!response.isSuccessful()) {
            throw new HttpException(response.code(), response.body().string());
        }
        return SuccessfulHttpResponse.builder()
                .statusCode(response.code())
                .headers(response.headers().toMultimap());
    }
}
