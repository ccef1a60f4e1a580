package dev.gateway4j.okhttp.flow;

import java.util.random.RandomGenerator;

/** Draws zero, so that of keys of one weight the first is drawn. */
final class FirstOfAll implements RandomGenerator {
    @Override
    public long nextLong() {
        return 0;
    }
}
