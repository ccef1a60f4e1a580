package dev.gateway4j.cassette.internal.match;

import java.util.Locale;

/** How a body is compared, by its content type. */
enum BodyKind {
    /** No type is said. */
    UNSAID,
    /** JSON of any kind, such as {@code application/problem+json}; what does not parse compares as bytes. */
    JSON,
    /** The fields of a form. */
    FORM,
    /** Parts. */
    PARTS,
    /** Bytes. */
    BYTES;

    static BodyKind of(String contentType) {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (type.isEmpty()) {
            return UNSAID;
        }
        if (type.contains("json")) {
            return JSON;
        }
        if (type.equals("application/x-www-form-urlencoded")) {
            return FORM;
        }
        return type.startsWith("multipart/") ? PARTS : BYTES;
    }
}
