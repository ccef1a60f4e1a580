package dev.gateway4j.cassette.internal.replay;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.library.Found;
import dev.gateway4j.cassette.internal.library.Library;
import dev.gateway4j.cassette.internal.library.Shelved;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.match.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Plays from the cassettes of one directory, and keeps count. Thread-safe. */
final class Deck {
    private static final System.Logger LOG = System.getLogger("dev.gateway4j.cassette");

    private final Library library;
    private final MatchRules rules;
    private final CassetteConfig settings;
    private final UnaryOperator<WireRequest> scrub;
    private final Turns turns = new Turns();
    private final Tally tally = new Tally();
    private final Set<String> ambiguities = ConcurrentHashMap.newKeySet();

    /** {@code scrub} makes of a live request what would have been saved of it; the request itself if that is the same. */
    Deck(Library library, MatchRules rules, CassetteConfig settings, UnaryOperator<WireRequest> scrub) {
        this.library = library;
        this.rules = rules;
        this.settings = settings;
        this.scrub = scrub;
    }

    Library library() {
        return library;
    }

    MatchRules rules() {
        return rules;
    }

    /**
     * The recording whose turn it is. Looks for the request as it came, then as it would have been saved, and then on the disk for what
     * was recorded meanwhile.
     *
     * @throws dev.gateway4j.cassette.CassetteException if the cassette of this name cannot be read
     */
    Pick pick(WireRequest request, Optional<String> name) {
        Optional<Pick> known = look(request, name);
        if (known.isPresent()) {
            return known.get();
        }
        refresh(name); // and look again even if nothing is new, since another call may have refreshed meanwhile
        return look(request, name).orElseGet(() -> none(request, name));
    }

    @SuppressWarnings("ReferenceEquality") // a scrubber that changes nothing gives back what it got
    private Optional<Pick> look(WireRequest request, Optional<String> name) {
        Question asked = rules.question(request);
        Optional<Pick> raw = find(name, asked, request).map(found -> turn(found, asked, name));
        WireRequest saved = raw.isPresent() ? request : scrub.apply(request);
        if (saved == request) {
            return raw;
        }
        Question scrubbed = rules.question(saved);
        return find(name, scrubbed, saved).map(found -> turn(found, scrubbed, name));
    }

    private Pick none(WireRequest request, Optional<String> name) {
        if (name.isPresent() && library.named(name.get()).isEmpty()) {
            return new Pick.Unknown(name.get());
        }
        return new Pick.Miss(name, rules.question(scrub.apply(request)));
    }

    private void refresh(Optional<String> name) {
        if (name.isPresent()) {
            library.refresh(name.get());
        } else {
            library.refresh();
        }
    }

    /** The first recording that answers. */
    private Optional<Found> find(Optional<String> name, Question asked, WireRequest request) {
        if (name.isPresent()) {
            Optional<Shelved> named = library.named(name.get());
            named.ifPresent(this::opened);
            return named.flatMap(shelved -> first(shelved, asked));
        }
        Optional<Found> found = library.search(asked);
        found.filter(first -> !first.others().isEmpty()).ifPresent(first -> ambiguous(first, request));
        return found;
    }

    private static Optional<Found> first(Shelved shelved, Question asked) {
        OptionalInt place = shelved.first(asked);
        return place.isPresent() ? Optional.of(new Found(shelved, place.getAsInt(), List.of())) : Optional.empty();
    }

    private void opened(Shelved shelved) {
        tally.opened(
                shelved.cassette().name(), shelved.cassette().interactions().size());
    }

    private Pick turn(Found found, Question asked, Optional<String> name) {
        Shelved shelved = found.cassette();
        if (settings.repeats() == CassetteConfig.Repeats.FIRST) {
            return hit(shelved, found.place());
        }
        String cassette = shelved.cassette().name();
        int turn = turns.next(cassette, found.place());
        int[] places = shelved.matching(asked);
        if (turn < places.length || settings.exhausted() == CassetteConfig.Exhausted.LAST) {
            return hit(shelved, places[Math.min(turn, places.length - 1)]);
        }
        refresh(name); // perhaps this run has recorded another
        Shelved fresh = library.named(cassette).orElse(shelved);
        int[] more = fresh.matching(asked);
        return turn < more.length ? hit(fresh, more[turn]) : new Pick.UsedUp(cassette, more.length);
    }

    private Pick hit(Shelved shelved, int place) {
        opened(shelved);
        Interaction interaction = shelved.cassette().interactions().get(place);
        return new Pick.Hit(shelved.cassette().name(), place, interaction);
    }

    private void ambiguous(Found found, WireRequest request) {
        String cassette = found.cassette().cassette().name();
        String told = request.method() + " " + request.path() + " is answered from cassette " + cassette + ", and "
                + String.join(", ", found.others()) + " in " + library.shown()
                + " would answer it too. Name the one that is meant with the header X-Cassette-Name, or delete the others.";
        if (ambiguities.add(told)) {
            LOG.log(System.Logger.Level.WARNING, told);
        }
    }

    /** The recording did answer. */
    void played(Pick.Hit hit) {
        tally.played(hit.cassette(), hit.place());
    }

    List<String> ambiguities() {
        return ambiguities.stream().sorted().toList();
    }

    SortedMap<String, SortedMap<Integer, Long>> played() {
        return tally.played();
    }

    SortedMap<String, List<Integer>> unused() {
        return tally.unused();
    }

    void reset() {
        turns.reset();
        tally.reset();
        ambiguities.clear();
        library.tellAgain();
    }
}
