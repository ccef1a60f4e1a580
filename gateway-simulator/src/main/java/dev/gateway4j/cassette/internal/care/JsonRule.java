package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedResponse;

/** Whether bodies that are to be JSON are JSON. */
final class JsonRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        var request = interaction.request();
        look(request.headers(), request.body(), spot.at("/request/body"));
        RecordedResponse response = interaction.response();
        // What broke off is a finding of its own, and what is compressed cannot be looked into.
        if (EndingRule.ending(response).isEmpty()
                && EncodingRule.named(response).isEmpty()) {
            look(response.headers(), response.body(), spot.at("/response/body"));
        }
    }

    private static void look(Fields headers, RecordedBody body, Findings.Spot spot) {
        if (MediaType.of(headers).isJson()
                && !body.isEmpty()
                && !EncodingRule.isGzip(body.bytes())
                && CareJson.parse(body.bytes()).isEmpty()) {
            spot.error(
                    "bad-json",
                    "Content-Type is " + MediaType.of(headers).name() + " and the body of "
                            + ReportText.many(body.length(), "byte")
                            + " is not JSON; record the interaction again, or correct the type");
        }
    }
}
