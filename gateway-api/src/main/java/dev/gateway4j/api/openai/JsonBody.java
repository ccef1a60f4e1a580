package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A JSON answer, parsed as its pieces arrive. */
final class JsonBody implements AnswerBody {
    private final JsonParser json;
    private final ByteArrayFeeder feeder;
    private final AnswerWalker walker;
    private final StringCutter cutter = new StringCutter(this::parse);
    private final boolean maybeText;

    private boolean started;
    private boolean opaque;
    private boolean rootSeen;
    private boolean malformed;
    private boolean finished;

    /**
     * A JSON answer.
     *
     * @param maybeText true if the endpoint also answers in formats that are no JSON
     */
    JsonBody(Findings findings, boolean maybeText) {
        this.maybeText = maybeText;
        walker = new AnswerWalker(findings, false);
        try {
            json = Json.FACTORY.createNonBlockingByteArrayParser();
        } catch (IOException e) {
            throw new UncheckedIOException("making a parser failed", e);
        }
        feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        if (!started) {
            start(bytes, offset, length);
        }
        if (started && !opaque && !malformed) {
            cutter.feed(bytes, offset, length);
        }
    }

    private void start(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
                started = true;
                opaque = maybeText && bytes[i] != '{';
                return;
            }
        }
    }

    private void parse(byte[] bytes, int offset, int length) {
        if (malformed || length == 0) {
            return;
        }
        try {
            feeder.feedInput(bytes, offset, offset + length);
            drain();
        } catch (IOException e) {
            fail();
        }
    }

    private void drain() throws IOException {
        for (JsonToken token = json.nextToken();
                token != null && token != JsonToken.NOT_AVAILABLE;
                token = json.nextToken()) {
            if (walker.depth() == 0 && rootSeen) {
                fail();
                return;
            }
            rootSeen = true;
            walker.token(token, json);
        }
    }

    private void fail() {
        malformed = true;
        close();
    }

    @Override
    public void finish() {
        if (finished) {
            return;
        }
        finished = true;
        if (opaque || malformed) {
            return;
        }
        feeder.endOfInput();
        try {
            drain();
        } catch (IOException e) {
            malformed = true;
        }
        malformed |= walker.depth() > 0;
        close();
    }

    private void close() {
        try {
            json.close();
        } catch (IOException e) {
            malformed = true;
        }
    }

    @Override
    public boolean complete() {
        return opaque ? finished : rootSeen && walker.depth() == 0 && !malformed;
    }

    @Override
    public boolean malformed() {
        return malformed;
    }

    @Override
    public boolean tracksCompletion() {
        return !opaque;
    }

    @Override
    public boolean isStream() {
        return false;
    }
}
