package dev.gateway4j.simulator.internal.chance;

import java.util.HexFormat;

/** Ids as OpenAI forms them, in the order in which an answer needs them. Used by one thread at a time. */
public final class Ids {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final long CHAT_EPOCH = 1_576_800_000L;
    private static final int ROOT = 16;

    private final Draws draws;

    /** Ids of one answer. */
    public Ids(Chance chance) {
        this.draws = chance.draws(Chance.Purpose.IDS);
    }

    /** The value of {@code x-request-id}. */
    public String request() {
        return "req_" + draws.hex(32);
    }

    /** The id of a chat completion: five digits of time, then chance. */
    public String chat(long createdSeconds) {
        return "chatcmpl-" + time(createdSeconds) + draws.alphanumeric(24);
    }

    /** The id of a legacy completion, formed like that of a chat completion. */
    public String completion(long createdSeconds) {
        return "cmpl-" + time(createdSeconds) + draws.alphanumeric(24);
    }

    /** The id of a chat completion of a model that searches the web. */
    public String searched() {
        String hex = draws.hex(31);
        return "chatcmpl-" + hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-4" + hex.substring(12, 15) + "-a"
                + hex.substring(15, 18) + "-" + hex.substring(18, 30);
    }

    /** The id of a tool call. */
    public String toolCall() {
        return "call_" + draws.alphanumeric(24);
    }

    /** The id of an answer's sound. */
    public String sound() {
        return "audio_" + draws.hex(32);
    }

    /** The ids of one response and its items, under a root that is new or that of the response before. */
    public ResponseIds response(String previousId) {
        int from = previousId.indexOf('_') + 1;
        boolean chained = previousId.startsWith("resp_") && previousId.length() >= from + ROOT;
        String root = chained ? previousId.substring(from, from + ROOT) : draws.hex(ROOT);
        return new ResponseIds(root, "81" + draws.hex(2), draws);
    }

    /** An id that begins with the time, as those of batches, uploads and vector stores do. */
    public String dated(String prefix, long seconds) {
        return prefix + HexFormat.of().toHexDigits((int) seconds) + draws.hex(4) + "81" + draws.hex(2) + draws.hex(16);
    }

    /** An id of so many letters and digits after its prefix. */
    public String alphanumeric(String prefix, int length) {
        return prefix + draws.alphanumeric(length);
    }

    /** An id of so many hexadecimal digits after its prefix. */
    public String hex(String prefix, int length) {
        return prefix + draws.hex(length);
    }

    private static String time(long createdSeconds) {
        char[] digits = new char[5];
        long rest = Math.max(0, createdSeconds - CHAT_EPOCH);
        for (int i = digits.length - 1; i >= 0; i--) {
            digits[i] = BASE62.charAt((int) (rest % BASE62.length()));
            rest /= BASE62.length();
        }
        return new String(digits);
    }
}
