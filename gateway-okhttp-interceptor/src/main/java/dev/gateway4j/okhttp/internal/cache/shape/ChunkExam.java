package dev.gateway4j.okhttp.internal.cache.shape;

import java.util.BitSet;
import java.util.Optional;

/** Examines a stream of chunks: chat and completions. */
final class ChunkExam implements StreamExam {
    private static final int MAX_CHOICES = 1024;

    private final boolean keepCut;
    private final Dialect dialect;
    private final long asked;
    private final BitSet seen = new BitSet();
    private final BitSet finished = new BitSet();
    private boolean done;

    /**
     * @param asked how many choices there are to be
     */
    ChunkExam(boolean keepCut, Dialect dialect, long asked) {
        this.asked = asked;
        this.keepCut = keepCut;
        this.dialect = dialect;
    }

    @Override
    public Optional<String> event(Event event) {
        if (!event.type().equals("message")) {
            return Optional.of(event.type().equals("error") ? NotKept.ERROR : NotKept.NOT_UNDERSTOOD);
        }
        if (event.isDone()) {
            done = true;
            return Optional.empty();
        }
        Node chunk = event.json().orElse(Node.Raw.ABSENT);
        if (Dialect.isError(chunk)) {
            return Optional.of(NotKept.ERROR);
        }
        if (!(chunk.get("choices") instanceof Node.Arr choices)) {
            return Optional.of(NotKept.NOT_UNDERSTOOD);
        }
        for (Node choice : choices.elements()) {
            Optional<String> reason = choice(choice);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    private Optional<String> choice(Node choice) {
        int index = index(choice);
        if (!(choice instanceof Node.Obj) || index < 0) {
            return Optional.of(NotKept.NOT_UNDERSTOOD);
        }
        seen.set(index);
        Node finish = choice.get("finish_reason");
        if (finish.isSomething()) {
            finished.set(index);
        }
        return dialect.choice(choice, finish.isSomething(), keepCut);
    }

    /** The number of a choice, 0 if it has none; -1 if it is no number, or too large a one. */
    static int index(Node choice) {
        Node index = choice.get("index");
        if (!index.isSomething()) {
            return 0;
        }
        String digits = index instanceof Node.Raw raw ? raw.json() : "";
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(digits);
        return number < MAX_CHOICES ? number : -1;
    }

    @Override
    public boolean isOver() {
        return done;
    }

    @Override
    public Optional<String> end() {
        if (!done || !finished.equals(seen)) {
            return Optional.of(NotKept.UNFINISHED);
        }
        if (seen.isEmpty()) {
            return Optional.of(NotKept.EMPTY);
        }
        if (seen.length() != seen.cardinality()) {
            return Optional.of(NotKept.UNFINISHED);
        }
        return seen.cardinality() < asked ? Optional.of(NotKept.INCOMPLETE) : Optional.empty();
    }
}
