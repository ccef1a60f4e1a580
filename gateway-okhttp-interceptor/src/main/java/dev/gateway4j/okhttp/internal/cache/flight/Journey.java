package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.okhttp.internal.cache.shape.Landed;
import java.io.IOException;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;

/** What a flight does for those on board. Its methods run on the thread of the flight. */
public interface Journey {
    /** Gets the answer, from upstream or from somewhere else. */
    Answer depart(Upstream upstream) throws IOException;

    /** The answer was read to its end without a failure. Called before anybody on board hears of the end; never for an answer from somewhere else. */
    void landed(Landed landed);

    /** The answer has grown beyond the largest that is kept; it will never land. */
    default void overflowed() {}

    /** How large an answer is held whole, so that others can board late and it can be kept. */
    default long largest(long usual) {
        return usual;
    }

    /** Why the answer was not kept, for the report of the call that has asked. Asked once, at the end. */
    default Optional<String> notKept() {
        return Optional.empty();
    }

    /** Everybody has heard of the end, and every report is settled: what is left to do delays nobody. */
    default void afterwards() {}

    /** Asks upstream, once, as a call of its own. */
    interface Upstream {
        /** The id of that call, in its report and in those of everybody on board. */
        String id();

        /** Makes the call. */
        Response ask(Request request) throws IOException;
    }

    /**
     * What a flight got.
     *
     * @param response the answer
     * @param fromCache what became of the call at the cache, if it was answered there after all
     * @param model the model that gave it, if it was answered there
     */
    record Answer(Response response, Optional<CacheOutcome> fromCache, Optional<String> model) {
        /** An answer of a model that it names itself. */
        public Answer(Response response, Optional<CacheOutcome> fromCache) {
            this(response, fromCache, Optional.empty());
        }

        /** An answer from upstream. */
        public static Answer upstream(Response response) {
            return new Answer(response, Optional.empty(), Optional.empty());
        }
    }
}
