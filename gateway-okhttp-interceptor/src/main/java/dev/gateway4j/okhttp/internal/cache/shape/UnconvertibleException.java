package dev.gateway4j.okhttp.internal.cache.shape;

/** An answer cannot be given in another form without guessing. */
final class UnconvertibleException extends Exception {
    private static final long serialVersionUID = 1;

    UnconvertibleException(String message) {
        super(message, null, false, false);
    }
}
