package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.Optional;

/** Keeps the recorded sizes of chunks in step with a body that was changed. */
final class Chunks {
    private Chunks() {}

    /** These members with chunks that end where they ended before. What is not understood stays. */
    static Extras moved(Extras extras, Erased body) {
        Optional<String> chunks = extras.text(RecordedResponse.CHUNKS);
        if (chunks.isEmpty() || body.moves().isEmpty()) {
            return extras;
        }
        StringBuilder moved = new StringBuilder();
        int before = 0;
        int movedBefore = 0;
        for (String chunk : chunks.get().strip().split("\\s+", -1)) {
            int plus = chunk.indexOf('+');
            Optional<Integer> bytes = plus < 0 ? Optional.empty() : number(chunk.substring(plus + 1));
            if (bytes.isEmpty()) {
                return extras;
            }
            before += bytes.get();
            int place = body.moved(before);
            moved.append(moved.length() == 0 ? "" : " ")
                    .append(chunk, 0, plus + 1)
                    .append(place - movedBefore);
            movedBefore = place;
        }
        return extras.with(RecordedResponse.CHUNKS, moved.toString());
    }

    private static Optional<Integer> number(String digits) {
        boolean number =
                !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }
}
