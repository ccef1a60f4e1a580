package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.api.openai.RequestFacts;

/** The forms in which a call can want its answer. */
enum Form {
    PLAIN(0, false, false),
    STREAM(1, true, false),
    STREAM_WITH_USAGE(2, true, true);

    private final int index;
    private final boolean stream;
    private final boolean usage;

    Form(int index, boolean stream, boolean usage) {
        this.index = index;
        this.stream = stream;
        this.usage = usage;
    }

    static Form of(RequestFacts asked) {
        if (!asked.stream()) {
            return PLAIN;
        }
        return asked.includeUsage() ? STREAM_WITH_USAGE : STREAM;
    }

    /** Its place in an array of all. */
    int index() {
        return index;
    }

    boolean stream() {
        return stream;
    }

    boolean usage() {
        return usage;
    }
}
