package dev.gateway4j.simulator.internal.data;

import java.util.Locale;

/** Kinds of values that tell who somebody is. */
enum Kind {
    SECRET,
    EMAIL,
    IBAN,
    CARD,
    IP,
    PHONE,
    ID,
    NAME;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
