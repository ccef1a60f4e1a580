package dev.gateway4j.examples.langchain4j;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import java.time.Duration;
import okhttp3.OkHttpClient;

/** Lets LangChain4j speak through an OkHttp client. Its timeouts, where it sets some, win over the client's. Not thread-safe. */
public final class OkHttpHttpClientBuilder implements HttpClientBuilder {
    private OkHttpClient http;

    /** A builder of clients that are like this one. */
    public OkHttpHttpClientBuilder(OkHttpClient http) {
        this.http = http;
    }

    @Override
    public Duration connectTimeout() {
        return Duration.ofMillis(http.connectTimeoutMillis());
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        http = http.newBuilder().connectTimeout(timeout).build();
        return this;
    }

    @Override
    public Duration readTimeout() {
        return Duration.ofMillis(http.readTimeoutMillis());
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        http = http.newBuilder().readTimeout(timeout).build();
        return this;
    }

    @Override
    public HttpClient build() {
        return new OkHttpHttpClient(http);
    }
}
