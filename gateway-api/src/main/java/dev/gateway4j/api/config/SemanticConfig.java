package dev.gateway4j.api.config;

import java.time.Duration;
import java.util.Optional;

/**
 * How answers to similar questions are used.
 *
 * @param mode whether they are given
 * @param threshold how similar a question has to be, as a cosine between 0 and 1
 * @param embedder who makes vectors, unless the application brings its own
 * @param model the embeddings model
 * @param key the name of the key for embeddings; any that fits if empty
 * @param timeout how long a call waits for its vector
 * @param maxTurns how many messages a question may have
 * @param maxCharacters how long the last text of the user may be
 * @param sample the share of hits that are compared with what upstream answers, from 0 to 1; in shadow, of those that would have been
 */
public record SemanticConfig(
        Mode mode,
        double threshold,
        EmbedderKind embedder,
        String model,
        Optional<String> key,
        Duration timeout,
        int maxTurns,
        int maxCharacters,
        double sample) {
    /** Whether answers to similar questions are given. */
    public enum Mode {
        /** They are. Default. */
        SERVE,
        /** They are not, but it is measured how often they would have been, and how often they would have been wrong. */
        SHADOW
    }

    /** Who makes vectors. */
    public enum EmbedderKind {
        /** An embeddings call through this gateway, so the simulator's where the simulator answers. Default. */
        GATEWAY,
        /** The one the application brings. */
        OWN
    }

    /** The defaults. */
    public static SemanticConfig defaults() {
        return new SemanticConfig(
                Mode.SERVE,
                0.95,
                EmbedderKind.GATEWAY,
                "text-embedding-3-small",
                Optional.empty(),
                Duration.ofSeconds(2),
                20,
                8_000,
                0);
    }
}
