/**
 * What a user of Gateway4j implements, constructs or receives. Jackson and the YAML reader stay behind the scenes: no exported
 * signature names them.
 */
module dev.gateway4j.api {
    requires static org.jspecify;
    requires com.fasterxml.jackson.core;
    requires org.snakeyaml.engine;

    exports dev.gateway4j.api;
    exports dev.gateway4j.api.cache;
    exports dev.gateway4j.api.call;
    exports dev.gateway4j.api.config;
    exports dev.gateway4j.api.keys;
    exports dev.gateway4j.api.limit;
    exports dev.gateway4j.api.openai;
    exports dev.gateway4j.api.spi;
}
