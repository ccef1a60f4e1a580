package dev.gateway4j.cassette.internal.scrub;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes from which something was taken out.
 *
 * @param bytes what is left
 * @param moves how places moved, round after round
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Erased(byte[] bytes, List<List<Move>> moves) {
    static Erased nothing(byte[] bytes) {
        return new Erased(bytes, List.of());
    }

    /** All of it became something else, as packed bytes do. */
    static Erased all(byte[] before, byte[] after) {
        return new Erased(after, List.of(List.of(new Move(0, before.length, 0, after.length))));
    }

    Erased then(Edits edits, Charset charset) {
        String text = edits.text();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        List<Move> round = new ArrayList<>();
        int at = 0;
        int offset = 0;
        for (Edits.Edit edit : edits.settled()) {
            byte[] before = text.substring(at, edit.from()).getBytes(charset);
            int gone = text.substring(edit.from(), edit.to()).getBytes(charset).length;
            byte[] with = edit.with().getBytes(charset);
            out.writeBytes(before);
            offset += before.length;
            round.add(new Move(offset, offset + gone, out.size(), out.size() + with.length));
            out.writeBytes(with);
            offset += gone;
            at = edit.to();
        }
        out.writeBytes(text.substring(at).getBytes(charset));
        List<List<Move>> all = new ArrayList<>(moves);
        all.add(round);
        return new Erased(out.toByteArray(), all);
    }

    /** Where a place came to stand. A place inside of what was replaced stands inside of what came there. */
    int moved(int place) {
        int moved = place;
        for (List<Move> round : moves) {
            moved = moved(moved, round);
        }
        return moved;
    }

    private static int moved(int place, List<Move> round) {
        int shift = 0;
        for (Move move : round) {
            if (place <= move.from) {
                break;
            }
            if (place < move.to) {
                return Math.min(move.newFrom + place - move.from, move.newTo);
            }
            shift = move.newTo - move.to;
        }
        return place + shift;
    }

    /**
     * A replaced piece, before and after.
     *
     * @param from where it began
     * @param to where it ended
     * @param newFrom where what came there begins
     * @param newTo where that ends
     */
    record Move(int from, int to, int newFrom, int newTo) {}
}
