package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.request.ModelTraits;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a chat completion and all chunks of its stream have in common.
 *
 * @param id the id
 * @param created when it was made, in seconds since 1970
 * @param model the model that answers
 * @param tier the service tier; empty if none is told
 */
public record ChatHead(String id, long created, Model model, String tier) {
    /** The {@code system_fingerprint}: always the same for a model, and none for families that have none. */
    Optional<String> fingerprint() {
        if (ModelTraits.searches(model)) {
            return Optional.of("");
        }
        if (!model.family().fingerprintShown()) {
            return Optional.empty();
        }
        long high = Fingerprint.of("system_fingerprint", model.answersAs()).high();
        return Optional.of("fp_" + HexFormat.of().toHexDigits(high, 10));
    }

    /** True if choices have a {@code logprobs} member even where it is null. */
    boolean logprobsShown() {
        return model.family().logprobsShown() && !ModelTraits.searches(model) && !ModelTraits.speaks(model);
    }
}
