package dev.gateway4j.simulator.internal.endpoint.images;

import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.media.PictureSize;

/**
 * A picture that came with a request.
 *
 * @param content what tells it from others
 * @param size its size
 */
record Source(Fingerprint content, PictureSize size) {
    private static final int PATCH = 16;
    private static final int MOST_PATCHES = 4_096;
    private static final int TILE = 512;
    private static final int BASE_TOKENS = 65;
    private static final int TOKENS_A_TILE = 129;

    /** What it costs as input of a model: patches of 16 pixels for the newest, tiles of 512 for those before. */
    int tokens(String model) {
        if (model.startsWith("gpt-image-1") || model.startsWith("chatgpt")) {
            double shrunk = (double) TILE / Math.min(size.width(), size.height());
            return BASE_TOKENS + TOKENS_A_TILE * tiles(size.width() * shrunk) * tiles(size.height() * shrunk);
        }
        long patches = (long) patches(size.width()) * patches(size.height());
        return (int) Math.max(1, Math.min(MOST_PATCHES, patches));
    }

    private static int tiles(double edge) {
        return (int) Math.ceil(edge / TILE);
    }

    private static int patches(int edge) {
        return (edge + PATCH - 1) / PATCH;
    }
}
