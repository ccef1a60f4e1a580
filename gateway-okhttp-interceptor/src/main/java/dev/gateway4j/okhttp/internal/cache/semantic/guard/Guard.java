package dev.gateway4j.okhttp.internal.cache.semantic.guard;

/** Watches over one thing in which two texts must not differ. */
@FunctionalInterface
interface Guard {
    /** True if the two agree in it. */
    boolean agree(Wording one, Wording other);
}
