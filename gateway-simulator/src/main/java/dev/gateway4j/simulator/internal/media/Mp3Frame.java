package dev.gateway4j.simulator.internal.media;

/** What the four bytes before a frame of MPEG Layer III say. */
final class Mp3Frame {
    private static final int[] KILOBITS_1 = {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0};
    private static final int[] KILOBITS_2 = {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0};
    private static final int[] RATES = {44_100, 48_000, 32_000, 0};

    private Mp3Frame() {}

    /** The bytes of the frame with its header; 0 if this is none of Layer III. */
    static int length(int head) {
        int rate = rate(head);
        if ((head >> 17 & 3) != 1 || rate == 0) {
            return 0;
        }
        int kilobits = (first(head) ? KILOBITS_1 : KILOBITS_2)[head >> 12 & 15];
        return kilobits == 0 ? 0 : (first(head) ? 144_000 : 72_000) * kilobits / rate + (head >> 9 & 1);
    }

    /** How long it sounds. */
    static double seconds(int head) {
        return (first(head) ? 1152.0 : 576.0) / rate(head);
    }

    private static boolean first(int head) {
        return (head >> 19 & 3) == 3;
    }

    private static int rate(int head) {
        int rate = RATES[head >> 10 & 3];
        return switch (head >> 19 & 3) {
            case 3 -> rate;
            case 2 -> rate / 2;
            case 0 -> rate / 4;
            default -> 0;
        };
    }
}
