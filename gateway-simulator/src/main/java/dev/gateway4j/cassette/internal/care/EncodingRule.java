package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.Locale;

/** Whether the body is compressed exactly if its headers say so. */
final class EncodingRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        RecordedResponse response = interaction.response();
        String named = named(response);
        boolean gzip = isGzip(response.body().bytes());
        MediaType type = MediaType.of(response.headers());
        if (!named.isEmpty() && !response.body().isEmpty() && !plausible(named, response)) {
            spot.at("/response/headers/Content-Encoding")
                    .error(
                            "wrong-encoding",
                            "Content-Encoding is " + named + " and the body is not, so a client cannot read it;"
                                    + " remove the header");
        } else if (named.isEmpty() && gzip && (type.isJson() || type.isEventStream())) {
            spot.at("/response/body")
                    .error(
                            "wrong-encoding",
                            "the body is gzip and no Content-Encoding says so, so a client cannot read it;"
                                    + " add the header, or record the interaction again");
        }
    }

    /** The compression the headers name, in lower case; empty if they name none. */
    static String named(RecordedResponse response) {
        String name = String.join(", ", response.headers().all("Content-Encoding"))
                .strip()
                .toLowerCase(Locale.ROOT);
        return name.equals("identity") ? "" : name;
    }

    static boolean isGzip(byte[] body) {
        return body.length > 2 && body[0] == 0x1f && body[1] == (byte) 0x8b;
    }

    private static boolean plausible(String named, RecordedResponse response) {
        if (named.equals("gzip") || named.equals("x-gzip")) {
            return isGzip(response.body().bytes());
        }
        return response.body().text().isEmpty(); // compressed bytes are never long UTF-8
    }
}
