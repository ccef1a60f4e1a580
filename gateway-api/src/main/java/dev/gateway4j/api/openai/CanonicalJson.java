package dev.gateway4j.api.openai;

/**
 * JSON in one spelling: members sorted by the UTF-16 code units of their names, no blanks, the shortest escapes, numbers by their exact
 * value. Two documents give the same bytes if and only if they are equal up to the order of members, blanks, escapes and the spelling of
 * numbers. Arrays keep their order and null members stay.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * The canonical bytes of a document.
     *
     * @param json one JSON value in UTF-8
     * @param maxDepth how deep objects and arrays may be nested; the outermost counts as 1
     * @throws IllegalArgumentException if the document is malformed, nested deeper, has a member twice, half a surrogate pair in the name
     *     of one, or a number whose exponent has more than 17 digits; the message never shows the document
     */
    public static byte[] of(byte[] json, int maxDepth) {
        return CanonicalDocument.of(json, maxDepth).toByteArray();
    }
}
