package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import java.util.List;

/** Whether names of headers are spelt as go-vcr looks them up. */
final class HeaderNameRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        look(interaction.request().headers(), spot.at("/request/headers"));
        look(interaction.response().headers(), spot.at("/response/headers"));
    }

    private static void look(Fields headers, Findings.Spot spot) {
        List<String> strange = headers.values().keySet().stream()
                .filter(name -> !name.equals(Fields.canonical(name)))
                .toList();
        if (!strange.isEmpty()) {
            spot.info(
                    "header-name",
                    "not spelt as go-vcr looks them up: " + String.join(", ", strange) + "; write "
                            + String.join(
                                    ", ",
                                    strange.stream().map(Fields::canonical).toList()));
        }
    }
}
