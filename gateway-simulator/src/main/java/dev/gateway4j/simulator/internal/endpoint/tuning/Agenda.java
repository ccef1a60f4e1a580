package dev.gateway4j.simulator.internal.endpoint.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.endpoint.keep.Work;

/** What will happen to a job and when: an array of {@code {"at", "do", "step"}}, earliest first. */
final class Agenda {
    static final String VALIDATED = "validated";
    static final String STARTED = "started";
    static final String STEP = "step";
    static final String CHECKPOINT = "checkpoint";
    static final String SUCCEEDED = "succeeded";

    private static final double VALIDATION_SECONDS = 30;
    private static final double QUEUE_SECONDS = 60;
    private static final double START_SECONDS = 120;
    private static final double SECONDS_PER_TOKEN = 0.002;
    private static final int MOST_STEPS_TOLD = 100;
    private static final int CHECKPOINTS = 3;

    private final ArrayNode entries;

    private Agenda(ArrayNode entries) {
        this.entries = entries;
    }

    /** The agenda of a training. */
    static Agenda of(ObjectNode hidden, Work work, long created, TrainingFile file, ObjectNode settings) {
        Agenda agenda = new Agenda(hidden.putArray("agenda"));
        long validated = created + work.lasts(VALIDATION_SECONDS, 1);
        agenda.add(validated, VALIDATED, 0);
        if (file.problem().isPresent()) {
            return agenda;
        }
        long started = validated + work.lasts(QUEUE_SECONDS, 1);
        int epochs = settings.path(Hyperparameters.EPOCHS).asInt();
        int perEpoch = Math.max(
                1, file.examples() / settings.path(Hyperparameters.BATCH).asInt());
        int steps = perEpoch * epochs;
        long lasts = work.lasts(START_SECONDS + file.tokens() * epochs * SECONDS_PER_TOKEN, 2);
        hidden.put("steps", steps).put("trained_tokens", file.tokens() * epochs);
        agenda.add(started, STARTED, 0);
        int told = Math.max(1, steps / MOST_STEPS_TOLD);
        for (int step = 1; step <= steps; step++) {
            long at = started + lasts * step / steps;
            if (step % told == 0 || step == steps) {
                agenda.add(at, STEP, step);
            }
            boolean late = step > perEpoch * (epochs - CHECKPOINTS);
            if (late && step % perEpoch == 0 && step < steps) {
                agenda.add(at, CHECKPOINT, step);
            }
        }
        agenda.add(started + lasts, SUCCEEDED, steps);
        return agenda;
    }

    /** The agenda kept with a job. */
    static Agenda read(ObjectNode hidden) {
        return new Agenda(hidden.withArrayProperty("agenda"));
    }

    /** When the last thing happens. */
    long end() {
        return entries.isEmpty()
                ? 0
                : entries.get(entries.size() - 1).path("at").asLong();
    }

    boolean isDue(long now) {
        return !entries.isEmpty() && entries.get(0).path("at").asLong() <= now;
    }

    JsonNode take() {
        return entries.remove(0);
    }

    /** Moves everything that is still to come. */
    void shift(long seconds) {
        entries.forEach(entry -> {
            if (entry instanceof ObjectNode one) {
                one.put("at", one.path("at").asLong() + seconds);
            }
        });
    }

    void clear() {
        entries.removeAll();
    }

    private void add(long at, String what, int step) {
        entries.addObject().put("at", at).put("do", what).put("step", step);
    }
}
