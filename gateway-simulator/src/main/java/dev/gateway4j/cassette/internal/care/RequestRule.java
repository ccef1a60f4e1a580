package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;

/** Whether the request can match anything. */
final class RequestRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        String url = interaction.request().url();
        if (!Urls.absolute(url)) {
            spot.at("/request/url")
                    .error(
                            "bad-url",
                            (url.isBlank()
                                            ? "there is no URL"
                                            : "the URL does not begin with http:// or https:// and a host")
                                    + ", so no call matches; write the whole URL");
        }
        String method = interaction.request().method();
        if (!method.matches("[A-Z]+")) {
            spot.at("/request/method")
                    .error(
                            "bad-method",
                            (method.isBlank() ? "there is no method" : "the method is not in capitals")
                                    + ", so no call matches; write it as it stands on the wire, such as POST");
        }
    }
}
