package dev.gateway4j.simulator.internal.media;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How long a recording is, as the headers of its file tell. */
public final class SoundLength {
    private static final int RIFF = 0x52494646;
    private static final int FLAC = 0x664c6143;
    private static final int OGG = 0x4f676753;
    private static final int ID3 = 0x494433;
    private static final double OPUS_RATE = 48_000;
    /** What a file nobody can read is taken for: 16 kB a second. */
    private static final double BYTES_PER_SECOND = 16_000;

    private static final int SHORTEST = 48;
    private static final int[] RATES = {
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350
    };

    private SoundLength() {}

    /** Seconds of a WAV, FLAC, Opus, MP3 or ADTS file; a guess by size for any other. */
    public static double seconds(byte[] file) {
        double guess = file.length / BYTES_PER_SECOND;
        if (file.length < SHORTEST) {
            return guess;
        }
        ByteBuffer bytes = ByteBuffer.wrap(file);
        int mark = bytes.getInt(0);
        double told =
                switch (mark) {
                    case RIFF -> wav(bytes.order(ByteOrder.LITTLE_ENDIAN));
                    case FLAC -> flac(bytes);
                    case OGG -> opus(bytes.order(ByteOrder.LITTLE_ENDIAN));
                    default -> frames(bytes, mark >>> 8 == ID3 ? afterTag(bytes) : 0);
                };
        return told > 0 ? told : guess;
    }

    private static double wav(ByteBuffer bytes) {
        double rate = 0;
        int at = 12;
        while (at + 8 <= bytes.limit()) {
            int name = Integer.reverseBytes(bytes.getInt(at));
            long length = bytes.getInt(at + 4) & 0xffffffffL;
            if (name == 0x666d7420 && at + 20 <= bytes.limit()) {
                rate = bytes.getInt(at + 16);
            }
            if (name == 0x64617461) {
                // A stream does not know its length and tells the largest there is.
                return rate > 0 ? Math.min(length, bytes.limit() - at - 8) / rate : 0;
            }
            long next = at + 8 + length + length % 2;
            if (next > bytes.limit()) {
                return 0;
            }
            at = (int) next;
        }
        return 0;
    }

    private static double flac(ByteBuffer bytes) {
        long packed = bytes.getLong(18);
        long rate = packed >>> 44;
        return rate == 0 ? 0 : (packed & 0xfffffffffL) / (double) rate;
    }

    private static double opus(ByteBuffer bytes) {
        for (int at = bytes.limit() - 27; at > 0; at--) {
            if (Integer.reverseBytes(bytes.getInt(at)) == OGG) {
                return bytes.getLong(at + 6) / OPUS_RATE;
            }
        }
        return 0;
    }

    private static int afterTag(ByteBuffer bytes) {
        int length = 0;
        for (int i = 6; i < 10; i++) {
            length = length << 7 | (bytes.get(i) & 0x7f);
        }
        return 10 + length;
    }

    /** Walks frames of MPEG sound from one header to the next. */
    private static double frames(ByteBuffer bytes, int from) {
        double seconds = 0;
        int at = from;
        while (at + 7 <= bytes.limit() && (bytes.getShort(at) & 0xffe0) == 0xffe0) {
            boolean adts = (bytes.get(at + 1) & 0x06) == 0;
            int length = adts ? adtsLength(bytes, at) : Mp3Frame.length(bytes.getInt(at));
            if (length <= 0) {
                break;
            }
            seconds += adts ? adtsSeconds(bytes, at) : Mp3Frame.seconds(bytes.getInt(at));
            at += length;
        }
        return seconds;
    }

    private static int adtsLength(ByteBuffer bytes, int at) {
        return (bytes.get(at + 3) & 3) << 11 | (bytes.get(at + 4) & 0xff) << 3 | (bytes.get(at + 5) & 0xff) >> 5;
    }

    private static double adtsSeconds(ByteBuffer bytes, int at) {
        int index = bytes.get(at + 2) >> 2 & 15;
        return index < RATES.length ? 1024.0 / RATES[index] : 0;
    }
}
