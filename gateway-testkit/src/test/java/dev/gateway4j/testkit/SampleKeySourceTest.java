package dev.gateway4j.testkit;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.UpstreamKey;
import dev.gateway4j.api.spi.KeySource;
import java.util.List;
import java.util.Optional;

class SampleKeySourceTest extends KeySourceContract {
    @Override
    protected KeySource keySource() {
        return environment -> environment.equals("staging") ? List.of(key("blue"), key("green")) : List.of();
    }

    @Override
    protected String environment() {
        return "staging";
    }

    private static UpstreamKey key(String name) {
        return new UpstreamKey(
                name,
                Secret.of(name, "sk-test-" + name + "-0000"),
                "openai",
                1,
                List.of("*"),
                Optional.empty(),
                Optional.empty());
    }
}
