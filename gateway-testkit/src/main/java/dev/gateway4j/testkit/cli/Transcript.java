package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A cassette as a talk to be read, without anything that looks like a key. */
final class Transcript {
    private static final Pattern KEY = Pattern.compile("\\b(sk|sess|pk|rk)-[A-Za-z0-9_-]{8,}");

    private final List<String> lines = new ArrayList<>();

    private Transcript() {}

    static List<String> of(Cassette cassette) {
        Transcript transcript = new Transcript();
        cassette.interactions().forEach(it -> transcript.add(cassette.name(), it));
        return transcript.lines;
    }

    private void add(String name, Interaction interaction) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        Facts facts = Facts.of(interaction);
        lines.add(safe("# " + name + " " + interaction.id() + ": " + facts.summary()));
        asked(interaction.request());
        answered(interaction.response(), facts);
        facts.usage()
                .ifPresent(usage ->
                        lines.add("# tokens: " + usage.inputTokens() + " in, " + usage.outputTokens() + " out"));
        interaction
                .response()
                .extras()
                .text(RecordedResponse.ENDING)
                .ifPresent(ending -> lines.add("# the answer is " + ending));
    }

    private void asked(RecordedRequest request) {
        Said said = Said.asked(Facts.json(request.body()));
        if (said.isEmpty() && !request.body().isEmpty()) {
            say("request", request.body().text().orElse(request.body().length() + " bytes"));
        }
        said.lines().forEach(line -> say(line.who(), line.text()));
    }

    private void answered(RecordedResponse response, Facts facts) {
        Said said = facts.stream() ? Said.streamed(response.body()) : Said.answered(Facts.json(response.body()));
        if (said.isEmpty() && !response.body().isEmpty()) {
            say("answer", response.body().text().orElse(response.body().length() + " bytes"));
        }
        said.lines().forEach(line -> say(line.who(), line.text()));
    }

    /** What somebody said; further lines of it are set in. */
    private void say(String who, String text) {
        lines.add(safe(who + ": " + text.strip().replace("\n", "\n    ")));
    }

    private static String safe(String text) {
        return KEY.matcher(SecretScanner.shared().scrub(text)).replaceAll("[key]");
    }
}
