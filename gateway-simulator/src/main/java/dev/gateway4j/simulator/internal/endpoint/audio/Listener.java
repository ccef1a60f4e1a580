package dev.gateway4j.simulator.internal.endpoint.audio;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.media.SoundLength;
import dev.gateway4j.simulator.internal.model.Model;
import dev.gateway4j.simulator.internal.model.Models;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.Format;
import dev.gateway4j.simulator.internal.request.Tools;
import dev.gateway4j.simulator.internal.request.TranscriptionRequest;
import dev.gateway4j.simulator.internal.request.Turn;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import dev.gateway4j.simulator.internal.tokens.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Hears what a recording says: the very text if the recording was made here, else sentences as long as it, which are the same for the same
 * recording. A template for the endpoint decides instead, if there is one.
 */
final class Listener {
    private static final double TOKENS_PER_SECOND = 2.7;
    private static final int FEWEST_TOKENS = 4;
    private static final Map<String, String> LANGUAGES =
            Map.of("en", "english", "de", "german", "fr", "french", "es", "spanish");
    /** Words by which the made-up text is in that language. */
    private static final Map<String, String> SOUNDS_LIKE = Map.of(
            "en",
            "the is and of",
            "de",
            "der die das und ist nicht",
            "fr",
            "le la les est et une",
            "es",
            "el los las por para como");

    private final Planner planner;
    private final Tokens tokens;
    private final Spoken spoken;

    Listener(Planner planner, Tokens tokens, Spoken spoken) {
        this.planner = planner;
        this.tokens = tokens;
        this.spoken = spoken;
    }

    Transcript hear(TranscriptionRequest request, byte[] recording, Chance chance) {
        Model model = Models.deployed(request.model());
        double seconds = Math.rint(SoundLength.seconds(recording) * 100) / 100;
        String code = request.language().isEmpty() ? "en" : request.language();
        String language = LANGUAGES.getOrDefault(code, code);
        Optional<String> known = spoken.text(recording);
        if (known.isPresent()) {
            return new Transcript(tokens.pieces(model.family().encoding(), known.get()), language, seconds);
        }
        int limit = Math.max(FEWEST_TOKENS, (int) (seconds * TOKENS_PER_SECOND));
        Ask ask = ask(request, model, code, Spoken.key(recording));
        // The same recording says the same however often it comes.
        Chance first = new Chance(chance.seed(), chance.request(), 0);
        Pieces said = planner.plan(ask, 0, first).choices().get(0).text();
        return new Transcript(tokens.pieces(model.family().encoding(), ended(said, limit)), language, seconds);
    }

    private static Ask ask(TranscriptionRequest request, Model model, String code, String recording) {
        String hint = SOUNDS_LIKE.getOrDefault(code, "");
        List<Turn> turns = List.of(
                new Turn("system", "recording " + recording, 0, 0),
                new Turn("user", request.prompt().isEmpty() ? hint : request.prompt() + " " + hint, 0, 0));
        return new Ask(
                request.translates() ? TranscriptionRequest.TRANSLATIONS : TranscriptionRequest.ENDPOINT,
                model,
                new Conversation(turns),
                1,
                OptionalInt.empty(),
                List.of(),
                Tools.NONE,
                Format.TEXT,
                Optional.empty(),
                request.body());
    }

    /** No more than fits into the time: whole sentences if they fill half of it, else whole words and a full stop. */
    private static String ended(Pieces said, int limit) {
        if (said.tokens() <= limit) {
            return said.text().strip();
        }
        String text = said.first(limit).text();
        int sentence = Math.max(text.lastIndexOf(". "), Math.max(text.lastIndexOf("? "), text.lastIndexOf("! ")));
        if (sentence > text.length() / 2) {
            return text.substring(0, sentence + 1).strip();
        }
        String rest = said.text().substring(text.length());
        int blank = text.lastIndexOf(' ');
        boolean whole = rest.startsWith(" ") || blank < 0;
        String words = (whole ? text : text.substring(0, blank)).strip();
        int end = words.length();
        while (end > 1 && ",;:-–.!?".indexOf(words.charAt(end - 1)) >= 0) {
            end--;
        }
        return words.substring(0, end) + ".";
    }
}
