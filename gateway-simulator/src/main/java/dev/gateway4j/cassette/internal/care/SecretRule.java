package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.scrub.LeakGuard;

/** Whether something stands there that no recording may hold. */
final class SecretRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        LeakGuard.find(interaction)
                .ifPresent(found -> spot.error(
                        "secret",
                        "it holds what must not be saved: " + found.replaceFirst("^interaction [0-9]+, ", "")
                                + ". If it is a secret, withdraw it; then record the interaction again"));
    }
}
