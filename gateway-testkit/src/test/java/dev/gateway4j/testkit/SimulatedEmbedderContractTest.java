package dev.gateway4j.testkit;

import dev.gateway4j.api.spi.Embedder;

/** The simulator's vectors sit the exam of embedders. */
class SimulatedEmbedderContractTest extends EmbedderContract {
    @Override
    protected Embedder embedder() {
        return text -> dev.gateway4j.simulator.internal.embed.Embedder.embed("text-embedding-3-small", text, 1536);
    }
}
