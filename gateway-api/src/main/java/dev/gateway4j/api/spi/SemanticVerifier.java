package dev.gateway4j.api.spi;

/** Has the last word before the answer to a similar question is given. Called on a thread of the gateway. Thread-safe. */
@FunctionalInterface
public interface SemanticVerifier {
    /**
     * True if what was answered to the one question also answers the other.
     *
     * @param asked the last thing the user says now
     * @param answered what the user said when the answer was given
     * @param similarity the cosine of the two
     * @throws Exception if that cannot be said, which counts as no
     */
    boolean sameAnswer(String asked, String answered, double similarity) throws Exception;
}
