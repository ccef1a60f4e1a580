package dev.gateway4j.api.openai;

import java.util.Arrays;

/** The members of all open objects, innermost last: their names and where each begins in the output. */
final class MemberStack {
    private static final int INSERTION_MAX = 24;

    private String[] names = new String[16];
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int size;
    private byte[] scratch = {};

    int size() {
        return size;
    }

    void push(String name, int start) {
        if (size == names.length) {
            names = Arrays.copyOf(names, size * 2);
            starts = Arrays.copyOf(starts, size * 2);
            ends = Arrays.copyOf(ends, size * 2);
        }
        names[size] = name;
        starts[size++] = start;
    }

    /** Drops the members from this one on, after putting their bytes, which end the output, in the order of their names. */
    void sortFrom(int from, CanonicalWriter out) {
        if (!isSorted(from)) {
            int begin = starts[from];
            for (int i = from; i < size; i++) {
                ends[i] = i + 1 < size ? starts[i + 1] - 1 : out.length();
            }
            sort(from);
            rearrange(from, begin, out);
        }
        for (int i = from + 1; i < size; i++) {
            if (names[i].equals(names[i - 1])) {
                throw new IllegalArgumentException("an object has a member twice");
            }
        }
        size = from;
    }

    private boolean isSorted(int from) {
        for (int i = from + 1; i < size; i++) {
            if (names[i - 1].compareTo(names[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    private void sort(int from) {
        if (size - from > INSERTION_MAX) {
            sortMany(from);
            return;
        }
        for (int i = from + 1; i < size; i++) {
            String name = names[i];
            int start = starts[i];
            int end = ends[i];
            int j = i - 1;
            for (; j >= from && names[j].compareTo(name) > 0; j--) {
                set(j + 1, names[j], starts[j], ends[j]);
            }
            set(j + 1, name, start, end);
        }
    }

    private void set(int at, String name, int start, int end) {
        names[at] = name;
        starts[at] = start;
        ends[at] = end;
    }

    private void sortMany(int from) {
        Member[] sorted = new Member[size - from];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = new Member(names[from + i], starts[from + i], ends[from + i]);
        }
        Arrays.sort(sorted);
        for (int i = 0; i < sorted.length; i++) {
            set(from + i, sorted[i].name, sorted[i].start, sorted[i].end);
        }
    }

    private void rearrange(int from, int begin, CanonicalWriter out) {
        int length = out.length() - begin;
        if (scratch.length < length) {
            scratch = new byte[out.capacity()];
        }
        int at = 0;
        for (int i = from; i < size; i++) {
            if (i > from) {
                scratch[at++] = ',';
            }
            out.copy(starts[i], scratch, at, ends[i] - starts[i]);
            at += ends[i] - starts[i];
        }
        out.overwrite(begin, scratch, length);
    }

    private record Member(String name, int start, int end) implements Comparable<Member> {
        @Override
        public int compareTo(Member other) {
            return name.compareTo(other.name);
        }
    }
}
