package dev.gateway4j.simulator.internal.encode;

import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.model.Family;
import dev.gateway4j.simulator.internal.plan.Choice;
import dev.gateway4j.simulator.internal.plan.Finish;
import dev.gateway4j.simulator.internal.plan.PlannedCall;
import dev.gateway4j.simulator.internal.request.Tool;
import dev.gateway4j.simulator.internal.timing.LatencyProfile;
import dev.gateway4j.simulator.internal.timing.Pace;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers put together by hand, and streams read to their end. */
final class Plans {
    static final Tokens TOKENS = new Tokens();

    private Plans() {}

    static Pieces pieces(String text) {
        return TOKENS.pieces(Family.Encoding.O200K, text);
    }

    static Choice text(String text) {
        return Choice.of(pieces(text), Finish.STOP);
    }

    static Choice refusal(String text) {
        return new Choice(Pieces.NONE, pieces(text), List.of(), Pieces.NONE, Finish.STOP);
    }

    static Choice calls(PlannedCall... calls) {
        return new Choice(Pieces.NONE, Pieces.NONE, List.of(calls), Pieces.NONE, Finish.TOOL_CALLS);
    }

    static PlannedCall function(String name, String arguments) {
        return new PlannedCall(Tool.Kind.FUNCTION, name, pieces(arguments));
    }

    static PlannedCall custom(String name, String input) {
        return new PlannedCall(Tool.Kind.CUSTOM, name, pieces(input));
    }

    static Pace instant() {
        return Pace.of(LatencyProfile.named("instant").orElseThrow(), new Draws(1), 0, 0);
    }

    static String read(Frames frames) {
        StringBuilder all = new StringBuilder();
        Frame frame = frames.next();
        while (frame instanceof Frame.Chunk chunk) {
            all.append(new String(chunk.bytes(), StandardCharsets.UTF_8));
            frame = frames.next();
        }
        frames.close();
        return all.toString();
    }
}
