package dev.gateway4j.api.openai;

import java.util.Arrays;

/** A byte array that grows. Its array is open to the package so that nothing is copied only to be read. */
final class Bytes {
    byte[] array;
    int length;

    Bytes(int capacity) {
        array = new byte[capacity];
    }

    void ensure(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(Math.addExact(length, more), (int) Math.min(2L * length, 1 << 30)));
        }
    }

    void append(byte[] bytes, int offset, int count) {
        ensure(count);
        System.arraycopy(bytes, offset, array, length, count);
        length += count;
    }

    void append(int value) {
        ensure(1);
        array[length++] = (byte) value;
    }
}
