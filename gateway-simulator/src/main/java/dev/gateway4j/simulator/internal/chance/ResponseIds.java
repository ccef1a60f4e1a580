package dev.gateway4j.simulator.internal.chance;

import java.util.HexFormat;

/** Ids that share the root of one chain of responses. Used by one thread at a time. */
public final class ResponseIds {
    private static final HexFormat HEX = HexFormat.of();

    private final String root;
    private final String group;
    private final Draws draws;

    ResponseIds(String root, String group, Draws draws) {
        this.root = root;
        this.group = group;
        this.draws = draws;
    }

    /**
     * A new id.
     *
     * @param prefix what it names, such as {@code resp_} or {@code msg_}
     * @param seconds when that came to be
     */
    public String next(String prefix, long seconds) {
        return prefix + root + "00" + HEX.toHexDigits((int) seconds) + draws.hex(4) + group + draws.hex(16);
    }
}
