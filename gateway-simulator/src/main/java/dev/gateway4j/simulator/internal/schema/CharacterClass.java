package dev.gateway4j.simulator.internal.schema;

import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.BitSet;

/** A set of characters of a regular expression. Where it is not said otherwise, ASCII is meant. */
final class CharacterClass {
    private static final int PRINTABLE = 0x20;
    private static final int END = 0x7f;

    private final BitSet set;

    private CharacterClass(BitSet set) {
        this.set = set;
    }

    /** Reads what stands behind a {@code [}. */
    static CharacterClass read(RegexText pattern) {
        BitSet set = new BitSet();
        boolean negated = pattern.peek() == '^';
        if (negated) {
            pattern.next();
        }
        for (char c = pattern.next(); c != ']'; c = pattern.next()) {
            BitSet one = c == '\\' ? escaped(pattern.next(), pattern).set : single(c);
            if (pattern.peek() == '-' && one.cardinality() == 1) {
                pattern.next();
                if (pattern.peek() == ']') {
                    one.set('-');
                } else {
                    char to = pattern.next();
                    BitSet end = to == '\\' ? escaped(pattern.next(), pattern).set : single(to);
                    one.set(one.nextSetBit(0), end.nextSetBit(0) + 1);
                }
            }
            set.or(one);
        }
        return new CharacterClass(negated ? complement(set) : set);
    }

    /** The set that {@code \c} stands for. */
    static CharacterClass escaped(char c, RegexText pattern) {
        BitSet set = new BitSet();
        switch (c) {
            case 'd', 'D' -> set.set('0', '9' + 1);
            case 'w', 'W' -> {
                set.set('0', '9' + 1);
                set.set('a', 'z' + 1);
                set.set('A', 'Z' + 1);
                set.set('_');
            }
            case 's', 'S' -> set.set(' ');
            case 't' -> set.set('\t');
            case 'n' -> set.set('\n');
            case 'r' -> set.set('\r');
            case 'f' -> set.set('\f');
            case 'u' -> set.set(hex(pattern, 4));
            case 'x' -> set.set(hex(pattern, 2));
            case 'p', 'P' -> property(pattern, set);
            default -> set.set(c);
        }
        return new CharacterClass("DWSP".indexOf(c) >= 0 ? complement(set) : set);
    }

    int draw(Draws draws) {
        int count = set.cardinality();
        if (count == 0) {
            throw new IllegalArgumentException("a class of characters is empty");
        }
        // Letters and digits read better than signs; take one if the set has any.
        BitSet readable = (BitSet) set.clone();
        readable.and(alphanumeric());
        BitSet from = readable.isEmpty() ? set : readable;
        int skip = draws.below(from.cardinality());
        int c = from.nextSetBit(0);
        while (skip-- > 0) {
            c = from.nextSetBit(c + 1);
        }
        return c;
    }

    private static void property(RegexText pattern, BitSet set) {
        StringBuilder name = new StringBuilder().append(pattern.next());
        if (name.charAt(0) == '{') {
            name.setLength(0);
            for (char c = pattern.next(); c != '}'; c = pattern.next()) {
                name.append(c);
            }
        }
        switch (name.toString()) {
            case "Lu", "Upper" -> set.set('A', 'Z' + 1);
            case "Ll", "Lower" -> set.set('a', 'z' + 1);
            case "L", "Letter", "Alpha" -> {
                set.set('A', 'Z' + 1);
                set.set('a', 'z' + 1);
            }
            case "N", "Nd", "Digit" -> set.set('0', '9' + 1);
            case "P", "Punct" -> set.set('.');
            case "Z", "Zs" -> set.set(' ');
            default -> throw new IllegalArgumentException("the class \\p{" + name + "} is not supported");
        }
    }

    private static int hex(RegexText pattern, int digits) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < digits; i++) {
            hex.append(pattern.next());
        }
        return Integer.parseInt(hex.toString(), 16);
    }

    private static BitSet single(char c) {
        BitSet set = new BitSet();
        set.set(c);
        return set;
    }

    private static BitSet complement(BitSet set) {
        BitSet rest = new BitSet();
        rest.set(PRINTABLE, END);
        rest.andNot(set);
        return rest;
    }

    private static BitSet alphanumeric() {
        BitSet set = new BitSet();
        set.set('0', '9' + 1);
        set.set('a', 'z' + 1);
        set.set('A', 'Z' + 1);
        return set;
    }
}
