package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.Refusal;
import dev.gateway4j.api.RefusalReason;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRefusal;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteException;
import java.util.List;
import java.util.Optional;

/** Says it as the gateway does: a refusal that names what is nearest, the rule and the way out. */
final class Refusing implements Form {
    private static final int SHOWN = 100;
    private static final int MAX_UNREADABLE = 5;

    @Override
    public WireAnswer unknown(WireRequest request, String cassette, Deck deck) {
        Optional<String> objection = CassetteConfig.objectionToName(cassette);
        if (objection.isPresent()) {
            return refusal(
                    request,
                    RefusalReason.INVALID_REQUEST,
                    "The cassette " + quoted(cassette) + " " + objection.get() + ".");
        }
        List<String> near = Names.near(cassette, deck.library().names());
        String nearest = near.isEmpty() ? "There are none at all" : "Nearest by name: " + String.join(", ", near);
        return refusal(
                request,
                RefusalReason.NO_CASSETTE,
                "There is no cassette " + quoted(cassette) + " in "
                        + deck.library().shown() + ". " + nearest
                        + ". Correct the name, or record it with -Dgateway.mode=record.");
    }

    @Override
    public WireAnswer miss(WireRequest request, Pick.Miss miss, Deck deck) {
        RefusalReason reason =
                miss.cassette().isPresent() ? RefusalReason.CASSETTE_MISMATCH : RefusalReason.NO_CASSETTE;
        return refusal(request, reason, Nearby.to(request, miss, deck) + unreadable(deck));
    }

    @Override
    public WireAnswer usedUp(WireRequest request, Pick.UsedUp usedUp, Deck deck) {
        return refusal(
                request,
                RefusalReason.CASSETTE_MISMATCH,
                "Cassette " + usedUp.cassette() + " has "
                        + (usedUp.recordings() == 1 ? "1 recording" : usedUp.recordings() + " recordings") + " of this "
                        + request.method() + " " + request.path() + ", and "
                        + (usedUp.recordings() == 1 ? "it was" : "all of them were")
                        + " played. Set openai.cassettes.exhausted: last to get the last one again, or record more with"
                        + " -Dgateway.mode=record.");
    }

    @Override
    public WireAnswer expired(WireRequest request, String cassette, String why, Deck deck) {
        return refusal(request, RefusalReason.CASSETTE_MISMATCH, why);
    }

    @Override
    public WireAnswer unreadable(WireRequest request, Optional<String> cassette, CassetteException why) {
        return refusal(request, RefusalReason.CASSETTE_MISMATCH, String.valueOf(why.getMessage()));
    }

    private static String unreadable(Deck deck) {
        List<String> files = deck.library().unreadable();
        if (files.isEmpty()) {
            return "";
        }
        String more = files.size() > MAX_UNREADABLE ? "\n  and " + (files.size() - MAX_UNREADABLE) + " more" : "";
        return "\nNot looked into, since they cannot be read:\n  "
                + String.join("\n  ", files.subList(0, Math.min(files.size(), MAX_UNREADABLE)))
                + more;
    }

    private static WireAnswer refusal(WireRequest request, RefusalReason reason, String message) {
        return new WireRefusal(request.arrivedNanos(), Refusal.of(reason, message));
    }

    private static String quoted(String name) {
        String plain = Redaction.text(name).replaceAll("\\p{Cntrl}", "?");
        return '"' + (plain.length() <= SHOWN ? plain : plain.substring(0, SHOWN) + "…") + '"';
    }
}
