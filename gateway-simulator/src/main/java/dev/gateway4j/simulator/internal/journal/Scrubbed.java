package dev.gateway4j.simulator.internal.journal;

import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.openai.Redaction;

/** What is left for the journal when every secret is out. */
final class Scrubbed {
    private Scrubbed() {}

    static byte[] bytes(byte[] bytes) {
        return bytes.length == 0 ? bytes : SecretScanner.shared().scrub(bytes);
    }

    static String text(String text) {
        return text.isEmpty() ? text : SecretScanner.shared().scrub(text);
    }

    static String query(String query) {
        return query.isEmpty() ? query : text(Redaction.query(query));
    }

    static WireHeaders headers(WireHeaders headers) {
        return headers.entries().isEmpty() ? headers : Redaction.headers(headers);
    }
}
