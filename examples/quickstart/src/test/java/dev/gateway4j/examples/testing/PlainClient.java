package dev.gateway4j.examples.testing;

import dev.gateway4j.examples.loopback.LoopbackOpenAi;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** A client without a gateway: it shows that a program and the upstream on loopback understand each other. */
public final class PlainClient {
    private PlainClient() {}

    /** A client whose every call goes to the upstream. */
    public static OkHttpClient to(LoopbackOpenAi upstream) {
        return new OkHttpClient.Builder().addInterceptor(redirect(upstream)).build();
    }

    /** The same for SDKs that take an interceptor. */
    public static Interceptor redirect(LoopbackOpenAi upstream) {
        HttpUrl base = HttpUrl.get(upstream.baseUrl());
        return chain -> {
            HttpUrl url = chain.request()
                    .url()
                    .newBuilder()
                    .scheme(base.scheme())
                    .host(base.host())
                    .port(base.port())
                    .build();
            return chain.proceed(chain.request().newBuilder().url(url).build());
        };
    }
}
