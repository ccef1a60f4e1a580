package dev.gateway4j.simulator.internal.chance;

/** The one mixer behind fingerprints and draws: the finalizer of SplitMix64. */
final class Mix {
    static final long GAMMA = 0x9e3779b97f4a7c15L;

    private Mix() {}

    static long fold(long value) {
        long z = value + GAMMA;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    static long turn(long state, long lane) {
        return (Long.rotateLeft(state, 27) ^ lane * 0xff51afd7ed558ccdL) * 0xc4ceb9fe1a85ec53L + 0x52dce729L;
    }
}
