package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedResponse;

/** Whether lengths that were written down are those of the bodies. -1 stands for unknown. */
final class LengthRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        var request = interaction.request();
        look(request.contentLength(), request.headers(), request.body(), spot.at("/request"));
        RecordedResponse response = interaction.response();
        if (!bodiless(request.method(), response.code())) {
            look(response.contentLength(), response.headers(), response.body(), spot.at("/response"));
        }
    }

    /** Such answers tell the length of a body that they do not have. */
    private static boolean bodiless(String method, int code) {
        return method.equals("HEAD") || code == 304;
    }

    private static void look(long written, Fields headers, RecordedBody body, Findings.Spot spot) {
        if (written != -1 && written != body.length()) {
            stale(spot.at("/content_length"), "content_length", Long.toString(written), body);
        }
        for (String header : headers.all("Content-Length")) {
            if (!header.equals(Integer.toString(body.length()))) {
                stale(spot.at("/headers/Content-Length"), "the header Content-Length", header, body);
            }
        }
    }

    private static void stale(Findings.Spot spot, String what, String written, RecordedBody body) {
        spot.warning(
                "stale-length",
                what + " is " + shortened(written) + " and the body has " + ReportText.many(body.length(), "byte")
                        + "; replay here sends the true length, others may not. Write " + body.length()
                        + ", or record the interaction again");
    }

    private static String shortened(String text) {
        return text.length() > 24 ? text.substring(0, 24) + "…" : text;
    }
}
