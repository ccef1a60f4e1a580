package dev.gateway4j.okhttp.internal.keys;

import java.util.Comparator;
import java.util.Optional;

/**
 * The model by which health and quota are kept. Calls that name none have one of their own, which no caller can name. What callers write has
 * no bound, so a long name is cut, and told from others by its hash.
 *
 * @param name what it is called
 * @param named false if the call named none
 */
record AskedModel(String name, boolean named) {
    static final AskedModel NONE = new AskedModel("(none)", false);
    static final Comparator<AskedModel> ORDER =
            Comparator.comparing(AskedModel::name).thenComparing(AskedModel::named);

    private static final int LONGEST = 256;

    static AskedModel of(Optional<String> sent) {
        return sent.isPresent() ? named(sent.get()) : NONE;
    }

    static AskedModel named(String name) {
        return new AskedModel(folded(name), true);
    }

    static boolean isLong(String text) {
        return text.length() > LONGEST;
    }

    static String folded(String text) {
        return isLong(text) ? text.substring(0, LONGEST) + "~" + Long.toHexString(Draw.hash(text)) : text;
    }
}
