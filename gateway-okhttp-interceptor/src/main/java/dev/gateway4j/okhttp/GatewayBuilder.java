package dev.gateway4j.okhttp;

import dev.gateway4j.api.Mode;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.call.CallListener;
import dev.gateway4j.api.config.ConfigReader;
import dev.gateway4j.api.config.GatewayConfig;
import dev.gateway4j.api.spi.KeySource;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.api.spi.StandIn;
import java.nio.file.Path;

/** Builds a gateway. */
public final class GatewayBuilder {
    private final ConfigReader reader = GatewayConfig.reader();

    GatewayBuilder() {}

    /** Uses these settings and reads nothing else. */
    public GatewayBuilder config(GatewayConfig config) {
        return this;
    }

    /** Reads this file instead of looking for one. */
    public GatewayBuilder file(Path file) {
        reader.file(file);
        return this;
    }

    /** Sets the environment. */
    public GatewayBuilder environment(String name) {
        reader.set("environment", name);
        return this;
    }

    /** Sets the mode. */
    public GatewayBuilder mode(Mode mode) {
        reader.set("openai.mode", mode.id());
        return this;
    }

    /** Sets one value by its path in the table of settings. */
    public GatewayBuilder set(String path, String value) {
        reader.set(path, value);
        return this;
    }

    /** Adds a listener. */
    public GatewayBuilder listener(CallListener listener) {
        return this;
    }

    /** Uses this clock. */
    public GatewayBuilder time(TimeSource time) {
        return this;
    }

    /** Uses this stand-in instead of looking for one. */
    public GatewayBuilder standIn(StandIn standIn) {
        return this;
    }

    /** Takes keys from here instead of from the settings. */
    public GatewayBuilder keySource(KeySource keys) {
        return this;
    }

    /** Takes prices from here. */
    public GatewayBuilder priceBook(PriceBook prices) {
        return this;
    }

    /** The gateway. */
    public Gateway build() {
        return new Gateway(reader.read());
    }
}
