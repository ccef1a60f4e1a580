package dev.gateway4j.api.openai;

import java.util.Arrays;

/**
 * A JSON document in one spelling, as {@link CanonicalJson} writes it, and where in it the values of its outermost members stand. Thread-safe
 * as long as nobody changes the bytes.
 */
public final class CanonicalDocument {
    /** How many numbers there are for each member: where its name begins, and where its value begins and ends. */
    static final int POSITIONS = 3;

    private final byte[] bytes;
    private final int length;
    private final int[] positions;

    CanonicalDocument(Bytes document, int[] positions) {
        this.bytes = document.array;
        this.length = document.length;
        this.positions = positions;
    }

    /**
     * Reads a document once.
     *
     * @param json one JSON value in UTF-8
     * @param maxDepth how deep objects and arrays may be nested; the outermost counts as 1
     * @throws IllegalArgumentException as {@link CanonicalJson#of}
     */
    public static CanonicalDocument of(byte[] json, int maxDepth) {
        if (!Utf8.isValid(json)) {
            throw new IllegalArgumentException("the document is not UTF-8");
        }
        return new CanonicalScanner(json, maxDepth).document();
    }

    /** An array that holds the canonical bytes from its start; shared, not to be modified. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of them there are. */
    public int length() {
        return length;
    }

    /** A copy of the canonical bytes, and nothing else. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** True if the document is an object. */
    public boolean isObject() {
        return bytes[0] == '{';
    }

    /** How many members the outermost object has; 0 if the document is no object. */
    public int members() {
        return positions.length / POSITIONS;
    }

    /** The name of a member, counted from 0 in the order of names. */
    public String name(int member) {
        return CanonicalText.decode(bytes, nameStart(member), nameEnd(member));
    }

    /** Where its name begins, without quotes and escaped as it is in the bytes. */
    public int nameStart(int member) {
        return positions[member * POSITIONS];
    }

    /** Where its name ends. */
    public int nameEnd(int member) {
        return start(member) - 2;
    }

    /** Where its value begins. */
    public int start(int member) {
        return positions[member * POSITIONS + 1];
    }

    /** Where its value ends. */
    public int end(int member) {
        return positions[member * POSITIONS + 2];
    }

    /** Which member has that name; -1 if none has. */
    public int find(String name) {
        boolean plain = isPlain(name);
        for (int member = 0; member < members(); member++) {
            if (plain ? isNamed(member, name) : name(member).equals(name)) {
                return member;
            }
        }
        return -1;
    }

    /** Plain ASCII is written as it is, and nothing else is written so. */
    private boolean isNamed(int member, String name) {
        int from = nameStart(member);
        if (nameEnd(member) - from != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (bytes[from + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "CanonicalDocument[" + length + " bytes, " + members() + " members]";
    }
}
