package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Says it as Envoy AI Gateway's test server does, to the byte. */
final class Compatible implements Form {
    private static final String AZURE = "azure-";
    private static final int OUT_OF_DATE = 409;
    private static final int FAILED = 500;

    private final String directory;

    /** {@code directory} is the one that messages name. */
    Compatible(String directory) {
        this.directory = directory;
    }

    @Override
    public WireAnswer unknown(WireRequest request, String cassette, Deck deck) {
        String keys = cassette.startsWith(AZURE)
                ? "To record Azure cassettes, set AZURE_OPENAI_API_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT, and"
                        + " OPENAI_API_VERSION environment variables and provide X-Cassette-Name header."
                : "To record OpenAI cassettes, set OPENAI_API_KEY environment variable and provide X-Cassette-Name header.";
        return error(request, FAILED, "No cassette found for " + target(request) + ". " + keys);
    }

    @Override
    public WireAnswer miss(WireRequest request, Pick.Miss miss, Deck deck) {
        if (miss.cassette().isPresent()) {
            return outOfDate(request, miss.cassette().get());
        }
        return error(
                request,
                FAILED,
                "No cassette found for " + target(request)
                        + ". To record a new cassette, include the X-Cassette-Name header with the cassette name.\n"
                        + RequestDump.of(request, path(request)));
    }

    @Override
    public WireAnswer usedUp(WireRequest request, Pick.UsedUp usedUp, Deck deck) {
        return outOfDate(request, usedUp.cassette());
    }

    @Override
    public WireAnswer expired(WireRequest request, String cassette, String why, Deck deck) {
        return outOfDate(request, cassette);
    }

    /** The test server does not start with a file it cannot read, so this text is ours. */
    @Override
    public WireAnswer unreadable(WireRequest request, Optional<String> cassette, CassetteException why) {
        return error(request, FAILED, String.valueOf(why.getMessage()));
    }

    private WireAnswer outOfDate(WireRequest request, String cassette) {
        String key = cassette.startsWith(AZURE) ? "AZURE_OPENAI_API_KEY" : "OPENAI_API_KEY";
        return error(
                request,
                OUT_OF_DATE,
                "Interaction out of date for " + target(request) + ". To re-record, delete " + directory + "/"
                        + cassette + ".yaml and re-run with " + key + " set.");
    }

    private static WireAnswer error(WireRequest request, int status, String message) {
        byte[] body = ("TestOpenAI Error: " + message + "\n").getBytes(StandardCharsets.UTF_8);
        WireHeaders headers = WireHeaders.of("Content-Type", "text/plain; charset=utf-8", "X-TestOpenAI-Error", "true");
        return new WireReply(status, headers, request.arrivedNanos(), Frames.of(body, request.arrivedNanos()));
    }

    private static String target(WireRequest request) {
        return request.method() + " " + path(request);
    }

    private static String path(WireRequest request) {
        try {
            return URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return request.path(); // a percent sign that escapes nothing stands for itself
        }
    }
}
