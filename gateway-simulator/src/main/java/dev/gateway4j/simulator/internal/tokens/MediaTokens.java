package dev.gateway4j.simulator.internal.tokens;

import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.model.Models;

/** What pictures, sound and files cost, which no tokenizer counts. */
public final class MediaTokens {
    private static final int LOW = 85;
    private static final int TILE = 512;
    private static final int LARGEST_SIDE = 2_048;
    private static final int SHORT_SIDE = 768;
    private static final int PATCH = 32;
    private static final int MOST_PATCHES = 1_536;
    /** Sound is taken for 16-bit mono at 24 kHz, of which base64 makes 64,000 characters a second, at 10 tokens a second. */
    private static final int AUDIO_CHARACTERS_PER_TOKEN = 6_400;
    /** Of a document in base64, about a fifth is text, at four characters a token. */
    private static final int FILE_CHARACTERS_PER_TOKEN = 27;

    private MediaTokens() {}

    /**
     * The tokens of a picture. One that is only linked is taken for 1024 by 1024 pixels, since nothing is fetched.
     *
     * @param model the model that looks at it
     * @param url a link, or the data itself
     * @param detail {@code low}, {@code high} or {@code auto}
     */
    public static int image(String model, String url, String detail) {
        Family.Vision vision = Models.family(model).vision();
        if (detail.equals("low")) {
            return vision.tiled() ? vision.base() : LOW;
        }
        PictureSize size = PictureSize.of(url);
        return vision.tiled() ? tiles(size, vision) : patches(size, vision);
    }

    /** The tokens of a sound in base64. */
    public static int audio(String data) {
        return 1 + data.length() / AUDIO_CHARACTERS_PER_TOKEN;
    }

    /** The tokens of a document in base64, or of one that is only named. */
    public static int file(String data) {
        return 1 + data.length() / FILE_CHARACTERS_PER_TOKEN;
    }

    /** First into a square of 2048, then down to a short side of 768; what is smaller stays as it is. */
    private static int tiles(PictureSize size, Family.Vision vision) {
        double fit = Math.min(1, (double) LARGEST_SIDE / Math.max(size.width(), size.height()));
        double width = size.width() * fit;
        double height = size.height() * fit;
        double shrink = Math.min(1, SHORT_SIDE / Math.min(width, height));
        int across = (int) Math.ceil(Math.floor(width * shrink) / TILE);
        int down = (int) Math.ceil(Math.floor(height * shrink) / TILE);
        return vision.base() + vision.each() * Math.max(1, across) * Math.max(1, down);
    }

    private static int patches(PictureSize size, Family.Vision vision) {
        double width = size.width();
        double height = size.height();
        double count = Math.ceil(width / PATCH) * Math.ceil(height / PATCH);
        if (count > MOST_PATCHES) {
            double shrink = Math.sqrt((double) PATCH * PATCH * MOST_PATCHES / (width * height));
            double across = width * shrink / PATCH;
            double down = height * shrink / PATCH;
            double whole = Math.min(Math.floor(across) / across, Math.floor(down) / down);
            count = Math.min(MOST_PATCHES, Math.ceil(across * whole) * Math.ceil(down * whole));
        }
        return (int) Math.ceil(count * vision.each() / 100);
    }
}
