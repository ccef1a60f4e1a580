package dev.gateway4j.okhttp.internal.cache.shape;

/** Says when each byte of an answer had arrived. Asked from front to back. */
final class Arrival {
    private final int[] pieces;
    private final long[] atNanos;

    private int piece;
    private long latest;

    private Arrival(int[] pieces, long[] atNanos) {
        this.pieces = pieces;
        this.atNanos = atNanos;
    }

    static Arrival of(Landed landed) {
        return new Arrival(landed.pieces(), landed.atNanos());
    }

    /** When everything before this position was there; never less than the answer before. */
    long at(int end) {
        int last = Math.min(pieces.length, atNanos.length) - 1;
        while (piece < last && pieces[piece] < end) {
            latest = Math.max(latest, atNanos[piece++]);
        }
        if (piece <= last) {
            latest = Math.max(latest, atNanos[piece]);
        }
        return latest;
    }
}
