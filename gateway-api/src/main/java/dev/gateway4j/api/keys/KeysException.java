package dev.gateway4j.api.keys;

/**
 * A file of keys that cannot be read, opened or written. The message names the file and the way out; never a value, a password or anything
 * derived from one.
 */
public final class KeysException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean absent;

    private KeysException(String message, boolean absent) {
        super(message);
        this.absent = absent;
    }

    static KeysException of(String message) {
        return new KeysException(message, false);
    }

    static KeysException absent(String message) {
        return new KeysException(message, true);
    }

    /** True if there is no such file, so that nothing is wrong where no key is needed. */
    public boolean isAbsent() {
        return absent;
    }
}
