package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.internal.library.Library;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.scrub.Scrubber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/** Answers requests from the cassettes of one directory. Thread-safe. */
public final class Replay {
    private static final System.Logger LOG = System.getLogger("dev.gateway4j.cassette");
    private static final String HEADER = "X-Cassette-Name";

    private final Deck deck;
    private final Form form;
    private final Playback playback;
    private final CassetteConfig settings;
    private final TimeSource time;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    private Replay(Deck deck, Form form, Playback playback, CassetteConfig settings, TimeSource time) {
        this.deck = deck;
        this.form = form;
        this.playback = playback;
        this.settings = settings;
        this.time = time;
    }

    /** Answers as the gateway does: by the rules of the settings, with refusals. */
    public static Replay of(CassetteConfig settings, TimeSource time, Timing timing) {
        MatchRules rules = MatchRules.of(settings.match());
        Scrubber scrubber = Scrubber.of(settings.scrub());
        Deck deck = new Deck(Library.at(settings.directory(), rules), rules, settings, scrubber::scrub);
        return new Replay(deck, new Refusing(), new Playback(timing), settings, time);
    }

    /** Answers as Envoy AI Gateway's test server does, in whose messages the directory is {@code shown}. */
    public static Replay compatible(CassetteConfig settings, TimeSource time, Timing timing, String shown) {
        MatchRules rules = MatchRules.compatible();
        Deck deck = new Deck(Library.at(settings.directory(), rules), rules, settings, request -> request);
        return new Replay(deck, new Compatible(shown), new Playback(timing), settings, time);
    }

    /** The answer to a request. */
    public WireAnswer answer(WireRequest request) {
        Optional<String> name = name(request);
        try {
            Pick pick = deck.pick(request, name);
            if (pick instanceof Pick.Hit hit) {
                return play(hit, request);
            }
            return none(pick, request);
        } catch (CassetteException e) {
            return form.unreadable(request, name, e);
        }
    }

    private WireAnswer none(Pick pick, WireRequest request) {
        if (pick instanceof Pick.Unknown unknown) {
            return form.unknown(request, unknown.cassette(), deck);
        }
        if (pick instanceof Pick.UsedUp usedUp) {
            return form.usedUp(request, usedUp, deck);
        }
        return form.miss(request, (Pick.Miss) pick, deck);
    }

    /** By header too, since whoever serves a socket may leave the header where it is. */
    private Optional<String> name(WireRequest request) {
        return request.tags()
                .cassette()
                .filter(name -> !name.isEmpty())
                .or(() -> request.headers().first(HEADER).filter(name -> !name.isEmpty()))
                .or(settings::name);
    }

    private WireAnswer play(Pick.Hit hit, WireRequest request) {
        Optional<String> stale = stale(hit);
        if (stale.isPresent() && settings.onExpired() == CassetteConfig.OnExpired.REFUSE) {
            return form.expired(request, hit.cassette(), stale.get(), deck);
        }
        if (stale.isPresent() && warned.add(hit.cassette())) {
            LOG.log(System.Logger.Level.WARNING, stale.get());
        }
        deck.played(hit);
        return playback.answer(hit.interaction(), request.arrivedNanos());
    }

    private Optional<String> stale(Pick.Hit hit) {
        if (settings.expiresAfter().isEmpty()) {
            return Optional.empty();
        }
        Duration limit = settings.expiresAfter().get();
        Instant now = time.now();
        return Age.recordedAt(hit.interaction())
                .filter(at -> at.plus(limit).isBefore(now))
                .map(at -> "Interaction " + hit.place() + " of "
                        + deck.library().shown(hit.cassette()) + " was recorded " + Age.words(Duration.between(at, now))
                        + " ago; openai.cassettes.expires_after allows " + Age.words(limit)
                        + ". Record it again with -Dgateway.mode=record, or set openai.cassettes.on_expired: warn.");
    }

    /** How often each interaction was played, by cassette and place. */
    public SortedMap<String, SortedMap<Integer, Long>> played() {
        return deck.played();
    }

    /** The places of interactions that were never played, of the cassettes that were opened by name or played from. */
    public SortedMap<String, List<Integer>> unused() {
        return deck.unused();
    }

    /** Which requests more than one cassette would answer, a sentence each. */
    public List<String> ambiguities() {
        return deck.ambiguities();
    }

    /** Forgets what was played, so that everything begins again. */
    public void reset() {
        deck.reset();
        warned.clear();
    }
}
