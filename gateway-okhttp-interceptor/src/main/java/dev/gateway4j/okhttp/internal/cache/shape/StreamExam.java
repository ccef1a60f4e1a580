package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.Optional;

/** Examines a stream, event by event. */
interface StreamExam {
    /** Looks at the next event; answers what speaks against the whole. */
    Optional<String> event(Event event);

    /** True once the terminal event was seen. */
    boolean isOver();

    /** Says that there are no more events; answers what speaks against the whole. */
    Optional<String> end();
}
