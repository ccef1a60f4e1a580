package dev.gateway4j.api.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** An event stream. Each event is scanned for the few words that matter; only one that has them is parsed. */
final class StreamBody implements AnswerBody, SseHandler {
    private final StreamKind kind;
    private final Findings findings;
    private final AnswerWalker walker;
    private final SseParser events = new SseParser(this);

    private boolean ended;
    private boolean finished;
    private boolean malformed;
    private boolean cut;

    StreamBody(StreamKind kind, Findings findings) {
        this.kind = kind;
        this.findings = findings;
        this.walker = new AnswerWalker(findings, true);
    }

    @Override
    public void feed(byte[] bytes, int offset, int length) {
        events.feed(bytes, offset, length);
    }

    @Override
    public void event(String type, byte[] data, int offset, int length) {
        if (isDone(data, offset, length)) {
            ended = true;
        } else if (kind.ends(type) || isCandidate(data, offset, length)) {
            parse(data, offset, length);
            said(type);
        }
    }

    private boolean isCandidate(byte[] data, int offset, int length) {
        boolean choiceWanted = kind == StreamKind.CHOICES && !findings.choiceSeen();
        return EventScan.isCandidate(data, offset, length, findings.model() == null, choiceWanted);
    }

    private static boolean isDone(byte[] data, int offset, int length) {
        return length >= 6
                && length < 16
                && data[offset] == '['
                && new String(data, offset, length, StandardCharsets.ISO_8859_1)
                        .strip()
                        .equals("[DONE]");
    }

    private void parse(byte[] data, int offset, int length) {
        walker.restart();
        try (JsonParser json = Json.FACTORY.createParser(data, offset, length)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                walker.token(token, json);
            }
        } catch (IOException e) {
            malformed = true;
        }
    }

    private void said(String type) {
        String named = findings.type();
        if (StreamKind.fails(type) || (named != null && StreamKind.fails(named))) {
            findings.fail();
        }
        ended |= findings.failed() || kind.ends(type) || (named != null && kind.ends(named));
    }

    @Override
    public void finish() {
        if (finished) {
            return;
        }
        finished = true;
        if (events.finish()) {
            // Some servers leave out the last blank line; what they said before it still counts.
            SseEvent last = events.pending().orElseThrow();
            byte[] data = last.data().getBytes(StandardCharsets.UTF_8);
            boolean whole = complete();
            boolean readable = !malformed;
            event(last.type(), data, 0, data.length);
            // What half an event says is no last word: the application's own parser drops it.
            cut = !whole && readable && malformed;
        }
    }

    @Override
    public boolean complete() {
        boolean said = ended
                || (kind == StreamKind.CHOICES && findings.choicesFinished())
                || (kind == StreamKind.OTHER && finished);
        return said && !cut;
    }

    @Override
    public boolean malformed() {
        return malformed || events.overflowed();
    }

    @Override
    public boolean tracksCompletion() {
        return kind != StreamKind.OTHER;
    }

    @Override
    public boolean isStream() {
        return true;
    }
}
