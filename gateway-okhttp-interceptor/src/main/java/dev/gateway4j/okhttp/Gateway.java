package dev.gateway4j.okhttp;

import dev.gateway4j.api.config.GatewayConfig;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;

/** A gateway. */
public final class Gateway implements AutoCloseable {
    private final GatewayConfig config;

    Gateway(GatewayConfig config) {
        this.config = config;
    }

    /** A gateway with the settings that system properties, environment variables and {@code gateway.yaml} give. */
    public static Gateway create() {
        return builder().build();
    }

    /** A builder for what settings cannot say. */
    public static GatewayBuilder builder() {
        return new GatewayBuilder();
    }

    /** A client like this one, whose calls go through the gateway. */
    public OkHttpClient wrap(OkHttpClient client) {
        return install(client.newBuilder()).build();
    }

    /** As {@link #wrap}, for SDKs that take a builder. */
    public OkHttpClient.Builder install(OkHttpClient.Builder builder) {
        return builder;
    }

    /** One interceptor for SDKs that take only that; it forwards to the gateway's own guarded client. */
    public Interceptor interceptor() {
        return chain -> chain.proceed(chain.request());
    }

    /** The settings in force. */
    public GatewayConfig config() {
        return config;
    }

    @Override
    public void close() {}
}
