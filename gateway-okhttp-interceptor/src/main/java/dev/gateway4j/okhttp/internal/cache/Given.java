package dev.gateway4j.okhttp.internal.cache;

import dev.gateway4j.okhttp.internal.cache.shape.Rendition;
import dev.gateway4j.okhttp.internal.cache.shape.StoredAnswer;
import dev.gateway4j.okhttp.internal.call.HeaderText;
import okhttp3.Headers;
import okhttp3.MediaType;
import org.jspecify.annotations.Nullable;

/** A kept answer in one form, with everything about it that is the same for every call. Immutable. */
final class Given {
    /** What an array costs beside its elements, about. */
    private static final int ARRAY = 16;

    private final Rendition rendition;
    private final Headers headers;
    private final @Nullable MediaType type;

    Given(StoredAnswer answer, Rendition rendition) {
        this.rendition = rendition;
        this.type = MediaType.parse(rendition.contentType());
        Headers.Builder all = new Headers.Builder().addUnsafeNonAscii("Content-Type", rendition.contentType());
        answer.requestId().ifPresent(id -> all.add("x-request-id", HeaderText.of(id)));
        this.headers = all.build();
    }

    Rendition rendition() {
        return rendition;
    }

    Headers headers() {
        return headers;
    }

    @Nullable
    MediaType type() {
        return type;
    }

    /** How many bytes it holds besides those of the answer it was made of. */
    long extraBytes(StoredAnswer answer) {
        long bytes = ARRAY;
        if (rendition.body() != answer.body()) {
            bytes += ARRAY + rendition.body().length;
        }
        if (rendition.ends() != answer.ends()) {
            bytes += ARRAY + 4L * rendition.ends().length;
        }
        if (rendition.atNanos() != answer.atNanos()) {
            bytes += ARRAY + 8L * rendition.atNanos().length;
        }
        return bytes;
    }
}
