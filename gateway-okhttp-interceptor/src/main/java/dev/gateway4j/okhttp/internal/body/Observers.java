package dev.gateway4j.okhttp.internal.body;

import dev.gateway4j.api.call.Ending;
import dev.gateway4j.okhttp.internal.body.BodyObserver.Completeness;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The observers of one body. One that fails is left out of what follows, but for the ending; it fails neither the body nor the others. */
final class Observers {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final BodyObserver[] observers;
    private final boolean[] broken;

    Observers(List<BodyObserver> observers) {
        this.observers = observers.toArray(new BodyObserver[0]);
        this.broken = new boolean[this.observers.length];
    }

    void bytes(byte[] data, int offset, int length) {
        for (int i = 0; i < observers.length; i++) {
            if (!broken[i]) {
                try {
                    observers[i].bytes(data, offset, length);
                } catch (RuntimeException e) {
                    failed(i, e);
                }
            }
        }
    }

    void endOfInput() {
        for (int i = 0; i < observers.length; i++) {
            if (!broken[i]) {
                try {
                    observers[i].endOfInput();
                } catch (RuntimeException e) {
                    failed(i, e);
                }
            }
        }
    }

    /** True if one of them says so. */
    boolean say(Completeness wanted) {
        for (int i = 0; i < observers.length; i++) {
            if (!broken[i] && observers[i].completeness() == wanted) {
                return true;
            }
        }
        return false;
    }

    /**
     * Every observer hears the ending, also one that has failed: it may hold something. An error is thrown when all have heard; those after
     * it hear that the answer failed.
     *
     * @return what one of them wants the application to hear
     */
    @Nullable
    IOException ended(Ending ending, @Nullable IOException failure) {
        IOException loud = null;
        Error error = null;
        for (int i = 0; i < observers.length; i++) {
            boolean turned = failure == null && loud != null;
            try {
                observers[i].ended(turned ? Ending.FAILED : ending, turned ? loud : failure);
            } catch (IOException e) {
                loud = loud == null ? e : loud;
            } catch (RuntimeException e) {
                failed(i, e);
            } catch (Error e) {
                error = error == null ? e : error;
                loud = loud == null ? new IOException("The end of an answer failed: " + e, e) : loud;
            }
        }
        if (error != null) {
            throw error;
        }
        return loud;
    }

    private void failed(int i, RuntimeException e) {
        broken[i] = true;
        LOG.error("An observer of an answer failed: {}", observers[i].getClass().getName(), e);
    }
}
