package dev.gateway4j.okhttp.internal.cache.key;

import dev.gateway4j.api.openai.CanonicalDocument;

/** Asks a canonical document about its outermost members. What is {@code null} counts as not there. */
final class Members {
    private final CanonicalDocument document;
    private final byte[] bytes;

    Members(CanonicalDocument document) {
        this.document = document;
        this.bytes = document.bytes();
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where the value of this member begins; -1 if it is not there. */
    int start(String name) {
        int member = document.find(name);
        return member < 0 || is(member, "null") ? -1 : document.start(member);
    }

    boolean has(String name) {
        return start(name) >= 0;
    }

    /** True if the member is there and is not what is written here. */
    boolean isOther(String name, String written) {
        int member = document.find(name);
        return member >= 0 && !is(member, "null") && !is(member, written);
    }

    /** True if the member is there and is what is written here. */
    boolean is(String name, String written) {
        int member = document.find(name);
        return member >= 0 && is(member, written);
    }

    private boolean is(int member, String written) {
        return Walk.is(bytes, document.start(member), document.end(member), written);
    }
}
