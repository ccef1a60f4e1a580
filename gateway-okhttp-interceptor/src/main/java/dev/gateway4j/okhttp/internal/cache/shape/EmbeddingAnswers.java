package dev.gateway4j.okhttp.internal.cache.shape;

import dev.gateway4j.api.call.Usage;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes answers with several embeddings apart, and puts them together again. */
final class EmbeddingAnswers {
    private EmbeddingAnswers() {}

    static Optional<List<StoredAnswer>> split(StoredAnswer answer, long[] weights) throws IOException {
        Optional<EmbeddingBody> read = answer.stream() ? Optional.empty() : EmbeddingBody.of(answer.body());
        if (read.isEmpty() || read.get().embeddings().size() != weights.length) {
            return Optional.empty();
        }
        EmbeddingBody body = read.get();
        List<Map<String, BigDecimal>> shares = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            shares.add(new LinkedHashMap<>());
        }
        for (Map.Entry<String, BigDecimal> number : body.usage().entrySet()) {
            List<BigDecimal> parts = Shares.of(number.getValue(), weights);
            for (int i = 0; i < weights.length; i++) {
                shares.get(i).put(number.getKey(), parts.get(i));
            }
        }
        List<StoredAnswer> singles = new ArrayList<>();
        for (int i = 0; i < weights.length; i++) {
            byte[] single = body.with(List.of(body.embedding(i, 0)), shares.get(i));
            singles.add(answer(answer, single, answer.lastNanos(), usage(shares.get(i))));
        }
        return Optional.of(singles);
    }

    static Optional<StoredAnswer> recombine(List<StoredAnswer> singles) throws IOException {
        List<byte[]> embeddings = new ArrayList<>();
        Optional<EmbeddingBody> first = EmbeddingBody.of(singles.get(0).body());
        Map<String, BigDecimal> sum = new LinkedHashMap<>();
        long latest = 0;
        for (StoredAnswer single : singles) {
            Optional<EmbeddingBody> body = EmbeddingBody.of(single.body());
            if (first.isEmpty() || body.isEmpty() || !belong(first.get(), body.get())) {
                return Optional.empty();
            }
            body.get().usage().forEach((name, number) -> sum.merge(name, number, BigDecimal::add));
            embeddings.add(body.get().embedding(0, embeddings.size()));
            latest = Math.max(latest, single.lastNanos());
        }
        byte[] whole = first.orElseThrow().with(embeddings, sum);
        return Optional.of(answer(singles.get(0), whole, latest, usage(sum)));
    }

    private static boolean belong(EmbeddingBody one, EmbeddingBody other) {
        return other.embeddings().size() == 1
                && one.model().equals(other.model())
                && one.usage().keySet().equals(other.usage().keySet());
    }

    private static StoredAnswer answer(StoredAnswer like, byte[] body, long nanos, Optional<Usage> usage) {
        return new StoredAnswer(
                like.endpoint(),
                like.contentType(),
                like.requestId(),
                false,
                body,
                new int[] {body.length},
                new long[] {nanos},
                like.model(),
                usage);
    }

    private static Optional<Usage> usage(Map<String, BigDecimal> numbers) {
        BigDecimal tokens = numbers.get("prompt_tokens");
        return tokens == null ? Optional.empty() : Optional.of(Usage.of(tokens.longValue(), 0));
    }
}
