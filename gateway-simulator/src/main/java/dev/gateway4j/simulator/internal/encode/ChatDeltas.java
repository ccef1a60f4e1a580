package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The deltas of one choice in their order: what opens it, then about a token each, then an empty one. Made when they are asked for. Used by
 * one thread at a time.
 */
final class ChatDeltas {
    private static final JsonStringEncoder QUOTE = JsonStringEncoder.getInstance();
    private static final Piece NOTHING = new Piece("", 0);
    private static final int SOUND_PER_DELTA = 16_000;

    private final ChatChoice choice;
    private final List<Run> runs = new ArrayList<>();
    private int run;
    private int piece;
    private boolean begun;

    ChatDeltas(ChatChoice choice) {
        this.choice = choice;
        if (choice.speech().isPresent()) {
            speak(choice.speech().get());
        } else if (!choice.choice().refusal().isEmpty()) {
            say(
                    "\"role\":\"assistant\",\"content\":null,\"refusal\":\"\"",
                    "refusal",
                    choice.choice().refusal());
        } else if (!choice.silent()) {
            say(
                    "\"role\":\"assistant\",\"content\":\"\",\"refusal\":null",
                    "content",
                    choice.choice().text());
        }
        call();
        if (!choice.citations().isEmpty()) {
            fixed("\"annotations\":" + Json.compact(json -> Citation.write(json, choice.citations())));
        }
        fixed("");
    }

    /** True if there are more. */
    boolean more() {
        return run < runs.size();
    }

    /** True before the first. */
    boolean fresh() {
        return !begun;
    }

    Delta next() {
        begun = true;
        Run now = runs.get(run);
        Piece said = now.pieces().get(piece);
        StringBuilder json =
                new StringBuilder(now.before().length() + said.text().length() + 8).append(now.before());
        QUOTE.quoteAsString(said.text(), json);
        json.append(now.after());
        Optional<String> logprobs = choice.logprobs().filter(all -> now.told()).map(all -> logprobs(all, now, piece));
        piece++;
        if (piece == now.pieces().size()) {
            piece = 0;
            run++;
        }
        return new Delta(json.toString(), logprobs.orElse("null"), said.tokens(), !more());
    }

    private String logprobs(ChatLogprobs all, Run now, int index) {
        List<ChatLogprobs.Token> tokens = now.opens() || index >= all.pieces().size()
                ? List.of()
                : all.pieces().get(index);
        boolean refused = !choice.choice().refusal().isEmpty();
        return Json.compact(json -> ChatLogprobs.write(json, tokens, refused));
    }

    private void say(String opening, String member, Pieces pieces) {
        runs.add(new Run(opening, List.of(NOTHING), "", true, true));
        streamed("\"" + member + "\":\"", pieces, "\"", true);
    }

    private void streamed(String before, Pieces pieces, String after, boolean told) {
        if (!pieces.isEmpty()) {
            runs.add(new Run(before, pieces.list(), after, told, false));
        }
    }

    private void fixed(String json) {
        runs.add(new Run(json, List.of(NOTHING), "", false, false));
    }

    private void call() {
        List<PlannedCall> calls = choice.choice().calls();
        boolean first = choice.silent();
        if (choice.legacy()) {
            String opening =
                    "\"function_call\":{\"name\":" + quoted(calls.get(0).name()) + ",\"arguments\":\"\"}";
            fixed(first ? "\"role\":\"assistant\",\"content\":null," + opening + ",\"refusal\":null" : opening);
            streamed("\"function_call\":{\"arguments\":\"", calls.get(0).arguments(), "\"}", false);
            return;
        }
        if (first && calls.size() > 1) {
            fixed("\"role\":\"assistant\",\"content\":null");
        }
        for (int i = 0; i < calls.size(); i++) {
            PlannedCall call = calls.get(i);
            boolean custom = call.kind() == Tool.Kind.CUSTOM;
            String type = custom ? "custom" : "function";
            String input = custom ? "input" : "arguments";
            String opening = "\"tool_calls\":[{\"index\":" + i + ",\"id\":"
                    + quoted(choice.callIds().get(i)) + ",\"type\":\"" + type + "\",\"" + type + "\":{\"name\":"
                    + quoted(call.name()) + ",\"" + input + "\":\"\"}}]";
            boolean alone = first && calls.size() == 1;
            fixed(alone ? "\"role\":\"assistant\",\"content\":null," + opening + ",\"refusal\":null" : opening);
            String before = "\"tool_calls\":[{\"index\":" + i + ",\"" + type + "\":{\"" + input + "\":\"";
            streamed(before, call.arguments(), "\"}}]", false);
        }
    }

    private void speak(Speech speech) {
        fixed("\"role\":\"assistant\",\"content\":null,\"refusal\":null");
        String id = "\"audio\":{\"id\":" + quoted(speech.id());
        streamed(id + ",\"transcript\":\"", choice.choice().text(), "\"}", false);
        List<Piece> sound = new ArrayList<>();
        for (int from = 0; from < speech.data().length(); from += SOUND_PER_DELTA) {
            int to = Math.min(speech.data().length(), from + SOUND_PER_DELTA);
            sound.add(new Piece(speech.data().substring(from, to), 0));
        }
        streamed(id + ",\"data\":\"", Pieces.of(sound), "\"}", false);
        fixed(id + ",\"expires_at\":" + speech.expires() + "}");
    }

    private static String quoted(String text) {
        return "\"" + new String(QUOTE.quoteAsString(text)) + "\"";
    }

    /**
     * One delta.
     *
     * @param json its members, without braces
     * @param logprobs the {@code logprobs} beside it
     * @param tokens how many tokens it says
     * @param last true for the empty one at the end
     */
    record Delta(String json, String logprobs, int tokens, boolean last) {}

    /** Deltas that differ in one text only; {@code told} if they have logprobs, {@code opens} if those are empty. */
    private record Run(String before, List<Piece> pieces, String after, boolean told, boolean opens) {}
}
