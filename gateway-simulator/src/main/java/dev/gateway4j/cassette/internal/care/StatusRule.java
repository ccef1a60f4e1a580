package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;

/** What the status says about the recording. */
final class StatusRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        int code = interaction.response().code();
        Findings.Spot place = spot.at("/response/code");
        if (code < 100 || code > 599) {
            place.error("bad-code", "code is " + code + "; an HTTP status lies between 100 and 599. Record it again");
        } else if (code == 401 || code == 429 || code >= 500) {
            place.info(
                    "recorded-error",
                    "an error was recorded: " + code + ". If it is not there on purpose, record the interaction again");
        }
    }
}
