package dev.gateway4j.api.openai;

import java.util.Arrays;

/**
 * The members of all open objects, innermost last: where each begins in the output, and where its value does. Their names are read there
 * when they are compared.
 */
final class MemberStack {
    private static final int INSERTION_MAX = 24;

    private final Bytes out;
    private int[] starts = new int[16];
    private int[] values = new int[16];
    private int[] ends = new int[16];
    private boolean[] simple = new boolean[16];
    private int size;
    private byte[] scratch = {};
    private int[] outermost = {};

    MemberStack(Bytes out) {
        this.out = out;
    }

    int size() {
        return size;
    }

    /** Adds a member whose name and colon end the output. */
    void push(int start) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            values = Arrays.copyOf(values, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
            simple = Arrays.copyOf(simple, size * 2);
        }
        starts[size] = start;
        values[size] = out.length;
        simple[size] = CanonicalText.isSimple(out.array, start + 1, out.length - 2);
        if (!simple[size]) {
            checkPairs(name(size));
        }
        size++;
    }

    private static void checkPairs(String name) {
        if (name.codePoints().anyMatch(point -> point <= Character.MAX_VALUE && Character.isSurrogate((char) point))) {
            throw new IllegalArgumentException("the name of a member has half a surrogate pair");
        }
    }

    /** Drops the members from this one on, after putting their bytes, which end the output, in the order of their names. */
    void sortFrom(int from, boolean isOutermost) {
        for (int i = from; i < size; i++) {
            ends[i] = i + 1 < size ? starts[i + 1] - 1 : out.length;
        }
        boolean sorted = true;
        for (int i = from + 1; i < size; i++) {
            int order = compare(i - 1, i);
            if (order == 0) {
                throw twice();
            }
            sorted &= order < 0;
        }
        if (!sorted) {
            int begin = starts[from];
            sort(from);
            rearrange(from, begin);
        }
        if (isOutermost) {
            outermost = positions();
        }
        size = from;
    }

    /** Of each member of the outermost object where its name begins behind its quote and where its value begins and ends. */
    int[] outermost() {
        return outermost;
    }

    private int[] positions() {
        int[] positions = new int[size * CanonicalDocument.POSITIONS];
        for (int i = 0, at = 0; i < size; i++) {
            positions[at++] = starts[i] + 1;
            positions[at++] = values[i];
            positions[at++] = ends[i];
        }
        return positions;
    }

    private static IllegalArgumentException twice() {
        return new IllegalArgumentException("an object has a member twice");
    }

    /** By UTF-16 code units, which for ASCII is by bytes. */
    private int compare(int one, int other) {
        if (!simple[one] || !simple[other]) {
            return name(one).compareTo(name(other));
        }
        byte[] bytes = out.array;
        int a = starts[one] + 1;
        int b = starts[other] + 1;
        int length = Math.min(values[one] - a, values[other] - b) - 1; // with the quote, at which the shorter one ends
        for (int i = 0; i < length; i++) {
            int order = bytes[a + i] - bytes[b + i];
            if (order != 0) {
                return bytes[a + i] == '"' ? -1 : bytes[b + i] == '"' ? 1 : order;
            }
        }
        return 0;
    }

    private String name(int member) {
        return CanonicalText.decode(out.array, starts[member] + 1, values[member] - 2);
    }

    private void sort(int from) {
        if (size - from > INSERTION_MAX) {
            sortMany(from);
            return;
        }
        for (int i = from + 1; i < size; i++) {
            int j = i;
            while (j > from && isAfter(j - 1, j)) {
                swap(j - 1, j);
                j--;
            }
        }
    }

    /** Whatever sorts by comparing has to compare neighbours, so that equal ones are found on the way. */
    private boolean isAfter(int one, int other) {
        int order = compare(one, other);
        if (order == 0) {
            throw twice();
        }
        return order > 0;
    }

    private void swap(int one, int other) {
        int start = starts[one];
        int value = values[one];
        int end = ends[one];
        boolean plain = simple[one];
        starts[one] = starts[other];
        values[one] = values[other];
        ends[one] = ends[other];
        simple[one] = simple[other];
        starts[other] = start;
        values[other] = value;
        ends[other] = end;
        simple[other] = plain;
    }

    private void set(int at, Member member) {
        starts[at] = member.start;
        values[at] = member.value;
        ends[at] = member.end;
        simple[at] = member.simple;
    }

    private void sortMany(int from) {
        Integer[] order = new Integer[size - from];
        Member[] all = new Member[size - from];
        for (int i = 0; i < order.length; i++) {
            order[i] = from + i;
            all[i] = new Member(starts[from + i], values[from + i], ends[from + i], simple[from + i]);
        }
        Arrays.sort(order, (one, other) -> one.equals(other) ? 0 : isAfter(one, other) ? 1 : -1);
        for (int i = 0; i < order.length; i++) {
            set(from + i, all[order[i] - from]);
        }
    }

    /** Moves the members to where their order has them, and notes where they are then. */
    private void rearrange(int from, int begin) {
        int length = out.length - begin;
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        int at = 0;
        for (int i = from; i < size; i++) {
            if (i > from) {
                scratch[at++] = ',';
            }
            int count = ends[i] - starts[i];
            System.arraycopy(out.array, starts[i], scratch, at, count);
            values[i] += begin + at - starts[i];
            starts[i] = begin + at;
            ends[i] = starts[i] + count;
            at += count;
        }
        System.arraycopy(scratch, 0, out.array, begin, length);
    }

    private record Member(int start, int value, int end, boolean simple) {}
}
