package dev.gateway4j.testkit;

import dev.gateway4j.api.spi.CacheStore;

class MapStoreTest extends CacheStoreContract {
    @Override
    protected CacheStore store() {
        return new MapStore();
    }
}
