package dev.gateway4j.api.openai;

import java.nio.charset.StandardCharsets;

/**
 * Numbers in one spelling: digits without zeros at either end and a power of ten, written plainly while that takes no more than 21 digits.
 * Works on the text, so that no number however long is ever computed.
 */
final class CanonicalNumber {
    private static final int PLAIN_DIGITS = 21;
    private static final int SMALLEST_PLAIN = -6;
    private static final int EXPONENT_DIGITS = 17;

    private CanonicalNumber() {}

    /** Writes the number that stands between these places, and is one. */
    static void write(Bytes out, byte[] text, int start, int end) {
        boolean negative = text[start] == '-';
        int from = negative ? start + 1 : start;
        byte[] digits = new byte[end - from];
        int count = 0;
        int beforePoint = -1;
        int at = from;
        for (; at < end && text[at] != 'e' && text[at] != 'E'; at++) {
            if (text[at] == '.') {
                beforePoint = count;
            } else {
                digits[count++] = text[at];
            }
        }
        int zeros = 0;
        while (zeros < count && digits[zeros] == '0') {
            zeros++;
        }
        if (zeros == count) {
            out.append('0');
            return;
        }
        // The value is 0.DIGITS times ten to the power of point.
        long point = (beforePoint < 0 ? count : beforePoint) - zeros + exponent(text, at, end);
        while (digits[count - 1] == '0') {
            count--;
        }
        if (negative) {
            out.append('-');
        }
        spell(out, digits, zeros, count - zeros, point);
    }

    private static void spell(Bytes out, byte[] digits, int from, int count, long point) {
        if (point > PLAIN_DIGITS || point <= SMALLEST_PLAIN) {
            out.append(digits, from, 1);
            if (count > 1) {
                out.append('.');
                out.append(digits, from + 1, count - 1);
            }
            out.append('e');
            byte[] exponent = Long.toString(point - 1).getBytes(StandardCharsets.US_ASCII);
            out.append(exponent, 0, exponent.length);
        } else if (point <= 0) {
            out.append('0');
            out.append('.');
            zeros(out, -point);
            out.append(digits, from, count);
        } else if (point >= count) {
            out.append(digits, from, count);
            zeros(out, point - count);
        } else {
            out.append(digits, from, (int) point);
            out.append('.');
            out.append(digits, from + (int) point, count - (int) point);
        }
    }

    private static void zeros(Bytes out, long count) {
        for (long i = 0; i < count; i++) {
            out.append('0');
        }
    }

    private static long exponent(byte[] text, int e, int end) {
        if (e == end) {
            return 0;
        }
        int at = e + 1;
        boolean negative = text[at] == '-';
        if (negative || text[at] == '+') {
            at++;
        }
        while (at < end && text[at] == '0') {
            at++;
        }
        if (end - at > EXPONENT_DIGITS) {
            throw new IllegalArgumentException("a number has an exponent of more than " + EXPONENT_DIGITS + " digits");
        }
        long value = 0;
        for (; at < end; at++) {
            value = value * 10 + (text[at] - '0');
        }
        return negative ? -value : value;
    }
}
