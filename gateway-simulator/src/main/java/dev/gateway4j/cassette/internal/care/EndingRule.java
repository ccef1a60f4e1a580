package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Finding.Severity;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.Set;

/** Whether the recording is marked as one that did not end well. */
final class EndingRule implements InteractionRule {
    private static final Set<String> BY_THE_CLIENT = Set.of("cancelled", "abandoned");

    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        String ending = ending(interaction.response());
        if (!ending.isEmpty()) {
            spot.at("/response/" + RecordedResponse.ENDING)
                    .add(
                            BY_THE_CLIENT.contains(ending) ? Severity.INFO : Severity.WARNING,
                            "broken-off",
                            "the exchange was recorded as " + ending + ", and is replayed so; if it is not so on"
                                    + " purpose, record the interaction again");
        }
    }

    /** How the exchange is said to have ended; empty if it ended well. */
    static String ending(RecordedResponse response) {
        return response.extras().text(RecordedResponse.ENDING).orElse("");
    }
}
