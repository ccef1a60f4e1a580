package dev.gateway4j.okhttp.internal.limit;

import dev.gateway4j.api.call.Ending;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.okhttp.internal.body.BodyObserver;
import dev.gateway4j.okhttp.internal.call.Attempt;
import dev.gateway4j.okhttp.internal.call.CallScope;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settles an attempt when its answer has ended. Added after the meter, so it hears the ending when usage is known. */
record Settlement(LimitBook book, CallScope scope, Attempt attempt, Attended attended) implements BodyObserver {
    @Override
    public void ended(Ending ending, @Nullable IOException failure) {
        Optional<Usage> usage = attempt.usage();
        if (usage.isPresent()) {
            attended.used(usage.get());
            book.used(scope.facts(), usage.get().outputTokens());
        } else {
            attended.unknown();
        }
    }
}
