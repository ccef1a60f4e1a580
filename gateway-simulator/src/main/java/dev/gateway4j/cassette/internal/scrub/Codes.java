package dev.gateway4j.cassette.internal.scrub;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Runs of base64 in a text, on one line or broken into lines of equal length. */
final class Codes {
    private static final int SHORTEST = 24;
    private static final int SHORTEST_LINE = 60;
    private static final int LONGEST_DOUBTFUL = 2 << 10;

    private Codes() {}

    /** Every run that is long enough to hold a credential. */
    static List<Code> of(String text) {
        List<Code> codes = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            if (!Chars.is(text.charAt(i), Chars.CODE)) {
                i++;
                continue;
            }
            int line = Chars.end(text, i, Chars.CODE);
            int last = line - i >= SHORTEST_LINE ? lastLine(text, i, line) : line;
            int end = padding(text, last);
            boolean escape = i > 0 && text.charAt(i - 1) == '\\';
            if (end - i >= SHORTEST && !escape) {
                add(codes, text, new Code(text.substring(i, end), i, last > line ? line - i : end - i));
            }
            i = end;
        }
        return codes;
    }

    /** Signs of both alphabets in one run are those of a path, so what stands between slashes is a run of its own. */
    private static void add(List<Code> codes, String text, Code code) {
        if (!code.isOfPath()) {
            codes.add(code);
            return;
        }
        int end = code.from + code.text.length();
        int at = code.from;
        while (at < end) {
            int to = padding(text, Math.max(Chars.end(text, at, Chars.TOKEN), at + 1));
            if (to - at >= SHORTEST) {
                codes.add(new Code(text.substring(at, to), at, to - at));
            }
            at = to;
        }
    }

    private static int padding(String text, int at) {
        int end = at;
        while (end < text.length() && end - at < 2 && text.charAt(end) == '=') {
            end++;
        }
        return end;
    }

    private static int lastLine(String text, int from, int firstEnd) {
        int length = firstEnd - from;
        int end = firstEnd;
        while (true) {
            int next = text.startsWith("\r\n", end) ? end + 2 : text.startsWith("\n", end) ? end + 1 : -1;
            int nextEnd = next < 0 ? -1 : Chars.end(text, next, Chars.CODE);
            if (nextEnd <= next || nextEnd - next > length) {
                return end;
            }
            end = nextEnd;
            if (nextEnd - next < length) {
                return end;
            }
        }
    }

    /**
     * A run.
     *
     * @param text as it stands there
     * @param from where it begins
     * @param line how many characters stand on a line
     */
    record Code(String text, int from, int line) {
        /** Whether one alphabet cannot explain it. */
        boolean isOfPath() {
            return text.length() == line
                    && Chars.has(text, 0, line, Chars.DASH | Chars.UNDERSCORE)
                    && Chars.has(text, 0, line, Chars.SIGN);
        }

        /**
         * The run, and what is left of it without its first one, two or three characters, which may belong to what stands before. A long run
         * is a picture or the like, and begins where it begins.
         */
        List<Code> alignments() {
            List<Code> alignments = new ArrayList<>(List.of(this));
            for (int skip = 1; skip < 4 && text.length() == line && line <= LONGEST_DOUBTFUL; skip++) {
                alignments.add(new Code(text.substring(skip), from + skip, line - skip));
            }
            return alignments;
        }

        /** What it stands for; empty if it is no base64. */
        Optional<byte[]> decoded() {
            String joined = text.length() > line ? text.replace("\r", "").replace("\n", "") : text;
            int end = Chars.end(joined, 0, Chars.CODE);
            int whole = end % 4 == 1 ? end - 1 : end;
            try {
                return Optional.of(decoder(joined).decode(joined.substring(0, whole)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Other bytes in the same alphabet, with padding and line ends as they were. */
        String encoded(byte[] bytes) {
            boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
            Base64.Encoder encoder = urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder();
            boolean padded = text.endsWith("=") || (!urlSafe && text.length() % 4 == 0);
            String code = (padded ? encoder : encoder.withoutPadding()).encodeToString(bytes);
            return text.length() > line ? wrapped(code) : code;
        }

        private String wrapped(String code) {
            String lineEnd = text.startsWith("\r", line) ? "\r\n" : "\n";
            StringBuilder wrapped = new StringBuilder();
            for (int at = 0; at < code.length(); at += line) {
                wrapped.append(at == 0 ? "" : lineEnd).append(code, at, Math.min(at + line, code.length()));
            }
            return wrapped.toString();
        }

        private static Base64.Decoder decoder(String text) {
            return text.indexOf('-') >= 0 || text.indexOf('_') >= 0 ? Base64.getUrlDecoder() : Base64.getDecoder();
        }
    }
}
