package dev.gateway4j.simulator.internal.media;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Opus in Ogg: packets of 20 ms that say nothing. */
final class SilentOpus {
    private static final byte[] PACKET = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};
    private static final int SAMPLES = Voice.RATE / 50;
    /** Positions are told at 48 kHz whatever the input was. */
    private static final int POSITIONS = 960;

    private static final int PACKETS_A_PAGE = 50;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pages;

    private SilentOpus() {}

    static byte[] bytes(int samples, String mark) {
        SilentOpus opus = new SilentOpus();
        opus.page(FIRST, 0, 1, head());
        opus.page(0, 0, 1, tags(mark));
        int packets = Math.max(1, (samples + SAMPLES - 1) / SAMPLES);
        for (int done = 0; done < packets; done += PACKETS_A_PAGE) {
            int now = Math.min(PACKETS_A_PAGE, packets - done);
            ByteBuffer content = ByteBuffer.allocate(now * PACKET.length);
            for (int i = 0; i < now; i++) {
                content.put(PACKET);
            }
            opus.page(done + now == packets ? LAST : 0, (long) (done + now) * POSITIONS, now, content.array());
        }
        return opus.out.toByteArray();
    }

    private static byte[] head() {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put(ascii("OpusHead"))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 0)
                .putInt(Voice.RATE);
        return head.array();
    }

    private static byte[] tags(String mark) {
        byte[] vendor = ascii("gateway4j");
        byte[] remark = ascii("MARK=" + mark);
        ByteBuffer tags =
                ByteBuffer.allocate(20 + vendor.length + remark.length).order(ByteOrder.LITTLE_ENDIAN);
        tags.put(ascii("OpusTags")).putInt(vendor.length).put(vendor).putInt(1);
        return tags.putInt(remark.length).put(remark).array();
    }

    private void page(int kind, long position, int packets, byte[] content) {
        ByteBuffer page = ByteBuffer.allocate(27 + packets + content.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put(ascii("OggS")).put((byte) 0).put((byte) kind).putLong(position);
        page.putInt(1).putInt(pages++).putInt(0).put((byte) packets);
        for (int i = 0; i < packets; i++) {
            page.put((byte) (content.length / packets));
        }
        page.put(content);
        page.putInt(22, sum(page.array()));
        out.writeBytes(page.array());
    }

    private static int sum(byte[] page) {
        int sum = 0;
        for (byte value : page) {
            sum ^= value << 24;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                sum = sum << 1 ^ (sum < 0 ? 0x04c11db7 : 0);
            }
        }
        return sum;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
