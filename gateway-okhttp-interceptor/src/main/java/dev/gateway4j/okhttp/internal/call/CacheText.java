package dev.gateway4j.okhttp.internal.call;

import dev.gateway4j.api.cache.CacheOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What became of a call at the cache, as the header {@code x-gateway-cache} says it. */
public final class CacheText {
    private CacheText() {}

    /** Such as {@code semantic; similarity=0.97; age=12}. */
    public static String of(CacheOutcome outcome) {
        StringBuilder text = new StringBuilder(outcome.status().id());
        outcome.similarity().ifPresent(cosine -> text.append("; similarity=").append(similarity(cosine)));
        outcome.age().ifPresent(age -> text.append("; age=").append(age.toSeconds()));
        outcome.flight().ifPresent(id -> text.append("; flight=").append(id));
        outcome.reason().ifPresent(reason -> text.append("; reason=").append(reason));
        return HeaderText.of(text.toString());
    }

    /** A similarity with two digits. Never rounded up: 0.9499 is not similar enough where 0.95 is asked. */
    public static String similarity(double cosine) {
        return BigDecimal.valueOf(cosine).setScale(2, RoundingMode.DOWN).toPlainString();
    }
}
