package dev.gateway4j.api.spi;

/** Makes recorders for {@code mode: record}, and for replay that records what is missing. Found by {@link java.util.ServiceLoader}, as {@link StandInProvider} is. */
public interface RecorderProvider {
    /** A short name for messages, such as {@code cassettes}. */
    String name();

    /**
     * Makes the recorder of one gateway. Called once, when a client is wrapped.
     *
     * @throws dev.gateway4j.api.config.GatewayConfigException with every problem, if the settings do not work
     */
    Recorder create(StandInContext context);
}
