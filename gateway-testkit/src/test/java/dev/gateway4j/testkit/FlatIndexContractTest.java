package dev.gateway4j.testkit;

import dev.gateway4j.api.spi.VectorIndex;
import dev.gateway4j.okhttp.internal.cache.semantic.FlatIndex;

/** What the cache does without an index sits the exam of indexes. */
class FlatIndexContractTest extends VectorIndexContract {
    @Override
    protected VectorIndex index(int dimensions) {
        return new FlatIndex();
    }
}
