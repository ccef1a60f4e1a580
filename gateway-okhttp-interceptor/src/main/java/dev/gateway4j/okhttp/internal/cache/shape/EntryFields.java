package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.cache.CacheEntryInfo;
import dev.gateway4j.api.cache.CacheKey;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.okhttp.internal.cache.shape.EntryCodec.Entry;
import java.util.Optional;

/** The fields of an entry, in their order. Whoever changes them changes the version. */
final class EntryFields {
    private EntryFields() {}

    static void write(Entry entry, EntryWriter out) {
        CacheEntryInfo info = entry.info();
        out.bytes(info.key().digest());
        out.text(info.environment());
        out.text(info.tenant());
        out.text(info.user());
        out.text(info.namespace());
        out.text(info.endpoint());
        out.text(info.modelAsked());
        out.text(info.modelServed());
        out.instant(info.storedAt());
        out.instant(info.freshUntil());
        out.instant(info.keptUntil());
        out.number(info.bytes());
        usage(info.usage(), out);
        out.text(info.callId());
        answer(entry.answer(), out);
    }

    private static void answer(StoredAnswer answer, EntryWriter out) {
        out.text(answer.endpoint());
        out.text(answer.contentType());
        out.text(answer.requestId());
        out.flag(answer.stream());
        out.bytes(answer.body());
        out.number(answer.ends().length);
        for (int i = 0; i < answer.ends().length; i++) {
            out.number((long) answer.ends()[i]);
            out.number(answer.atNanos()[i]);
        }
        out.text(answer.model());
        usage(answer.usage(), out);
    }

    private static void usage(Optional<Usage> usage, EntryWriter out) {
        out.flag(usage.isPresent());
        usage.ifPresent(known -> {
            out.number(known.inputTokens());
            out.number(known.cachedInputTokens());
            out.number(known.cacheWriteTokens());
            out.number(known.outputTokens());
            out.number(known.reasoningTokens());
        });
    }

    static Entry read(EntryReader in) {
        CacheEntryInfo info = new CacheEntryInfo(
                CacheKey.of(in.bytes()),
                in.text(),
                in.optionalText(),
                in.optionalText(),
                in.optionalText(),
                in.text(),
                in.optionalText(),
                in.optionalText(),
                in.instant(),
                in.instant(),
                in.instant(),
                in.number(),
                usage(in),
                in.text());
        return new Entry(info, answer(in));
    }

    private static StoredAnswer answer(EntryReader in) {
        String endpoint = in.text();
        String contentType = in.text();
        Optional<String> requestId = in.optionalText();
        boolean stream = in.flag();
        byte[] body = in.bytes();
        int count = in.count(2 * Long.BYTES);
        int[] ends = new int[count];
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            ends[i] = Math.toIntExact(in.number());
            times[i] = in.number();
        }
        check(body, ends, times, stream);
        return new StoredAnswer(
                endpoint, contentType, requestId, stream, body, ends, times, in.optionalText(), usage(in));
    }

    private static void check(byte[] body, int[] ends, long[] times, boolean stream) {
        boolean wrong = ends.length == 0 || ends[ends.length - 1] != body.length || (!stream && ends.length != 1);
        for (int i = 0; i < ends.length; i++) {
            int endBefore = i == 0 ? 0 : ends[i - 1];
            long timeBefore = i == 0 ? 0 : times[i - 1];
            wrong |= ends[i] < endBefore || times[i] < timeBefore;
        }
        if (wrong) {
            throw new IllegalArgumentException("the ends of the events do not fit the answer");
        }
    }

    private static Optional<Usage> usage(EntryReader in) {
        return in.flag()
                ? Optional.of(new Usage(in.number(), in.number(), in.number(), in.number(), in.number()))
                : Optional.empty();
    }
}
