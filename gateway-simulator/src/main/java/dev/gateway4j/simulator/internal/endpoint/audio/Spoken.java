package dev.gateway4j.simulator.internal.endpoint.audio;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;
import java.util.HexFormat;
import java.util.Optional;

/** Remembers what the sound files that were made here say. Thread-safe. */
final class Spoken {
    private final Shelf shelf;

    Spoken(Shelf shelf) {
        this.shelf = shelf;
    }

    void keep(byte[] sound, String text, long seconds) {
        shelf.put(Item.of(
                key(sound), seconds, JsonNodeFactory.instance.objectNode().put("text", text)));
    }

    Optional<String> text(byte[] sound) {
        return shelf.get(key(sound)).map(item -> item.json().path("text").asText());
    }

    /** A name for a content. */
    static String key(byte[] content) {
        Fingerprint fingerprint = Fingerprint.of("sound", "", content);
        return HexFormat.of().toHexDigits(fingerprint.high()) + HexFormat.of().toHexDigits(fingerprint.low());
    }
}
