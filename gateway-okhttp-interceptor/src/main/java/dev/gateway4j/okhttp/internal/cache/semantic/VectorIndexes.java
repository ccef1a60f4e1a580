package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.spi.VectorIndexProvider;
import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for an index for many vectors. */
public final class VectorIndexes {
    private static final Logger LOG = LoggerFactory.getLogger(VectorIndexes.class);

    private VectorIndexes() {}

    /** The first provider that is there and can be used; without one every vector is compared, which is slower but not wrong. */
    public static Optional<VectorIndexProvider> find() {
        try {
            Iterator<VectorIndexProvider> found =
                    ServiceLoader.load(VectorIndexProvider.class).iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } catch (ServiceConfigurationError | LinkageError e) {
            LOG.warn("A vector index is there but cannot be used; every vector will be compared", e);
            return Optional.empty();
        }
    }
}
