package dev.gateway4j.build.sample;

import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Breaks the rules by reference as well as by call. */
public final class Culprit {
    /** A clock by reference. */
    public static final LongSupplier CLOCK = System::nanoTime;

    /** Chance by reference. */
    public static final Supplier<Random> CHANCE = Random::new;

    static final ThreadLocal<String> LOCAL = new ThreadLocal<>();

    private int calls;

    Culprit() {}

    /** A setting. */
    public String setting() {
        return System.getProperty("user.name", "");
    }

    /** Synchronized. */
    public synchronized int calls() {
        return ++calls;
    }
}
