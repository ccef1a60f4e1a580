package dev.gateway4j.api.openai;

import dev.gateway4j.api.call.Usage;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What was found in an answer so far. */
final class Findings {
    private static final int MAX_CHOICES = 1024;

    private @Nullable Usage usage;
    private @Nullable String model;
    private @Nullable String serviceTier;
    private @Nullable String type;
    private boolean failed;
    private final BitSet seen = new BitSet();
    private final BitSet finished = new BitSet();

    void usage(Usage found) {
        usage = found;
    }

    @Nullable
    Usage usage() {
        return usage;
    }

    /** The first name counts; the empty one of Azure's first chunk does not. */
    void model(String name) {
        if (model == null && !name.isEmpty()) {
            model = name;
        }
    }

    @Nullable
    String model() {
        return model;
    }

    /** The last tier counts, since a stream begins with the one that was asked for. */
    void serviceTier(String tier) {
        serviceTier = tier;
    }

    @Nullable
    String serviceTier() {
        return serviceTier;
    }

    /** The {@code type} member of the event that was read last. */
    void type(@Nullable String name) {
        type = name;
    }

    @Nullable
    String type() {
        return type;
    }

    void fail() {
        failed = true;
    }

    boolean failed() {
        return failed;
    }

    void choice(int index, boolean isFinished) {
        if (index < 0 || index >= MAX_CHOICES) {
            return;
        }
        seen.set(index);
        if (isFinished) {
            finished.set(index);
        }
    }

    boolean choiceSeen() {
        return !seen.isEmpty();
    }

    /** True if some choice was seen and each that was seen has its finish reason. */
    boolean choicesFinished() {
        return !seen.isEmpty() && seen.cardinality() == finished.cardinality();
    }
}
