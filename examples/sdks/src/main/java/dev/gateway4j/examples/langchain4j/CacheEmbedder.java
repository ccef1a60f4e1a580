package dev.gateway4j.examples.langchain4j;

import dev.gateway4j.api.spi.Embedder;
import dev.langchain4j.model.embedding.EmbeddingModel;

/**
 * An embedding model of LangChain4j makes the vectors by which the cache knows similar questions: {@code
 * Gateway.builder().embedder(new CacheEmbedder(model))} with {@code gateway.cache.semantic.embedder: own}. A model that runs in the process
 * costs nothing and sends no question anywhere.
 */
public final class CacheEmbedder implements Embedder {
    private final EmbeddingModel model;

    /** Vectors of this model, which must be thread-safe. */
    public CacheEmbedder(EmbeddingModel model) {
        this.model = model;
    }

    @Override
    public float[] embed(String text) {
        return model.embed(text).content().vector();
    }
}
