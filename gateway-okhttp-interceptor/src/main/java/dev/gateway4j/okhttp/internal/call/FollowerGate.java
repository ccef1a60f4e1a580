package dev.gateway4j.okhttp.internal.call;

import java.io.IOException;
import java.util.Optional;
import okhttp3.Request;
import okhttp3.Response;

/** Lets a call take part in another's answer: the caller's own limits on requests hold for it as for any other call. Thread-safe. */
public interface FollowerGate {
    /** Lets everybody pass, where there are no limits. */
    FollowerGate OPEN = (request, scope) -> Optional.empty();

    /**
     * Takes what this call owes, once however often it asks. May wait where calls wait for their limits.
     *
     * @return what the call is answered if it may not pass
     * @throws IOException if the call is cancelled or its time is over meanwhile
     */
    Optional<Response> refused(Request request, CallScope scope) throws IOException;

    /** The call asks upstream by itself after all, and pays there: what was taken here goes back. */
    default void undone(CallScope scope) {}
}
