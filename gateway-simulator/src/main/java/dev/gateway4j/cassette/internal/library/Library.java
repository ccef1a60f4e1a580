package dev.gateway4j.cassette.internal.library;

import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import dev.gateway4j.cassette.internal.match.MatchRules;
import dev.gateway4j.cassette.internal.match.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cassettes of one directory, loaded when they are needed: one that is named alone, all of them for the first question that names none.
 * After that an index stays, and the cassettes used last. Thread-safe.
 */
public final class Library {
    private static final String CLASSPATH = "classpath:";
    private static final int LOCKS = 64;
    private static final int MAX_AMBIGUOUS = 10;
    private static final long MAX_MEMORY = 256L << 20;

    private final Shelf shelf;
    private final MatchRules rules;
    private final Recent recent;
    private final ReentrantLock[] reading = new ReentrantLock[LOCKS];
    private final ReentrantLock cataloguing = new ReentrantLock();
    private final Set<Told> toldOf = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Catalogue catalogue;

    Library(Shelf shelf, MatchRules rules, long maxMemory) {
        this.shelf = shelf;
        this.rules = rules;
        this.recent = new Recent(maxMemory);
        Arrays.setAll(reading, any -> new ReentrantLock());
    }

    /** The cassettes of a directory, or of {@code classpath:NAME}. Nothing is read yet; a directory that is missing holds none. */
    public static Library at(String directory, MatchRules rules) {
        return directory.startsWith(CLASSPATH)
                ? onClasspath(loaders(), directory.substring(CLASSPATH.length()), rules)
                : new Library(new Directory(Path.of(directory)), rules, memory());
    }

    /** The cassettes below a folder of the class path. */
    public static Library onClasspath(ClassLoader loader, String folder, MatchRules rules) {
        return onClasspath(List.of(loader), folder, rules);
    }

    private static Library onClasspath(List<ClassLoader> loaders, String folder, MatchRules rules) {
        return new Library(new ClassPath(loaders, folder.replaceAll("^/+|/+$", "")), rules, memory());
    }

    /** That of the application, which in a container is not ours, and then ours. */
    private static List<ClassLoader> loaders() {
        return Stream.of(Thread.currentThread().getContextClassLoader(), Library.class.getClassLoader())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static long memory() {
        return Math.min(MAX_MEMORY, Runtime.getRuntime().maxMemory() / 8);
    }

    /**
     * The names of all cassettes, sorted.
     *
     * @throws CassetteException if the directory cannot be read
     */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(files().keySet()));
    }

    /**
     * The cassette of this name.
     *
     * @throws CassetteException if it is there and cannot be read
     */
    public Optional<Shelved> named(String name) {
        return staysBelow(name) ? Optional.ofNullable(book(name)).map(Book::open) : Optional.empty();
    }

    /** The first cassette, in sorted order, that answers this question. What cannot be read is passed over; see {@link #unreadable}. */
    public Optional<Found> search(Question question) {
        Catalogue all = catalogue();
        int[] candidates = all.candidates(question.fingerprints());
        for (int i = 0; i < candidates.length; i++) {
            Optional<Shelved> shelved = readable(all.name(candidates[i]));
            OptionalInt place = shelved.map(there -> there.first(question)).orElse(OptionalInt.empty());
            if (place.isPresent()) {
                Shelved first = shelved.orElseThrow();
                IntStream rest = Arrays.stream(candidates, i + 1, candidates.length);
                return Optional.of(new Found(
                        first,
                        place.getAsInt(),
                        others(
                                new Told(first.cassette().name(), place.getAsInt()),
                                rest.mapToObj(all::name),
                                question)));
            }
        }
        return Optional.empty();
    }

    /** Looked for once per recording that answers, so that it costs nothing from then on. */
    private List<String> others(Told first, Stream<String> candidates, Question question) {
        if (toldOf.contains(first)) {
            return List.of();
        }
        List<String> others = candidates
                .filter(name -> readable(name).stream()
                        .anyMatch(shelved -> shelved.first(question).isPresent()))
                .limit(MAX_AMBIGUOUS)
                .toList();
        toldOf.add(first);
        return others;
    }

    /** The cassettes that have an interaction with this endpoint, such as {@code /v1/chat/completions}; loaded as they are asked for. */
    public Stream<Shelved> about(String endpoint) {
        return catalogue().about(endpoint).stream().flatMap(name -> readable(name).stream());
    }

    /** All cassettes that can be read, in sorted order; loaded as they are asked for. */
    public Stream<Shelved> all() {
        return catalogue().names().stream().flatMap(name -> readable(name).stream());
    }

    /** Why files cannot be read, a sentence each; known once a question without a name was asked. */
    public List<String> unreadable() {
        Catalogue known = catalogue;
        return known == null ? List.of() : known.failures();
    }

    /** How many cassettes there are. */
    public int size() {
        return catalogue().names().size();
    }

    /** The directory as messages show it. */
    public String shown() {
        return shelf.shown();
    }

    /** The file of a cassette as messages show it. */
    public String shown(String name) {
        return shelf.shown(name);
    }

    /** Looks whether files have come, changed or gone since they were read; true if so. */
    public boolean refresh() {
        cataloguing.lock();
        try {
            Catalogue known = catalogue;
            if (known == null || !shelf.changes() || known.sameFiles(files())) {
                return false;
            }
            Catalogue made = catalogued(known);
            known.names().stream().filter(name -> !made.names().contains(name)).forEach(recent::remove);
            catalogue = made;
            return true;
        } finally {
            cataloguing.unlock();
        }
    }

    /** Looks whether the file of this cassette has come, changed or gone since it was read; true if so. */
    public boolean refresh(String name) {
        if (!shelf.changes() || !staysBelow(name)) {
            return false;
        }
        Book known = recent.get(name);
        Optional<Stamp> stamp = stamp(name);
        if (Optional.ofNullable(known).map(Book::stamp).equals(stamp)) {
            return false;
        }
        recent.remove(name);
        return true;
    }

    /** Says again which cassettes answer the same question. */
    public void tellAgain() {
        toldOf.clear();
    }

    private Optional<Shelved> readable(String name) {
        return Optional.ofNullable(book(name)).map(Book::cassette);
    }

    /** The file of this name, read at most once however many ask for it; null if there is none. */
    private @Nullable Book book(String name) {
        Book there = recent.get(name);
        if (there != null) {
            return there;
        }
        ReentrantLock lock = reading[Math.floorMod(name.hashCode(), LOCKS)];
        lock.lock();
        try {
            Book meanwhile = recent.get(name);
            return meanwhile != null ? meanwhile : read(name);
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Book read(String name) {
        Optional<Stamp> stamp = stamp(name);
        if (stamp.isEmpty()) {
            return null;
        }
        Book book = read(name, stamp.get());
        recent.put(name, book);
        return book;
    }

    private Book read(String name, Stamp stamp) {
        try {
            byte[] yaml = shelf.read(name);
            Cassette cassette = CassetteFormat.read(name, shelf.shown(name), yaml);
            return new Book(stamp, new Shelved(cassette, rules), Optional.empty(), yaml.length);
        } catch (IOException e) {
            return new Book(stamp, null, Optional.of(unreadable(shelf.shown(name), e)), 0);
        } catch (CassetteException e) {
            return new Book(stamp, null, Optional.of(e), 0);
        }
    }

    private Catalogue catalogue() {
        Catalogue known = catalogue;
        if (known != null) {
            return known;
        }
        cataloguing.lock();
        try {
            Catalogue meanwhile = catalogue;
            Catalogue made = meanwhile != null ? meanwhile : catalogued(null);
            catalogue = made;
            return made;
        } finally {
            cataloguing.unlock();
        }
    }

    /** Looks into every file that is not known as it is now. */
    private Catalogue catalogued(@Nullable Catalogue known) {
        SortedMap<String, Catalogue.Card> cards = new TreeMap<>();
        files().forEach((name, stamp) -> {
            Catalogue.Card same = known == null ? null : known.card(name, stamp);
            cards.put(name, same != null ? same : card(name, stamp));
        });
        return new Catalogue(cards);
    }

    private Catalogue.Card card(String name, Stamp stamp) {
        Book kept = recent.get(name);
        if (kept != null && !kept.stamp().equals(stamp)) {
            recent.remove(name);
        }
        Book book = book(name);
        if (book == null) {
            return new Catalogue.Card(stamp, List.of(), List.of(), Optional.empty()); // gone since it was listed
        }
        Shelved shelved = book.cassette();
        if (shelved == null) {
            return new Catalogue.Card(
                    stamp, List.of(), List.of(), book.failure().map(why -> String.valueOf(why.getMessage())));
        }
        List<Long> fingerprints = Arrays.stream(shelved.fingerprints()).boxed().toList();
        return new Catalogue.Card(stamp, fingerprints, endpoints(shelved.cassette()), Optional.empty());
    }

    private static List<String> endpoints(Cassette cassette) {
        return cassette.interactions().stream()
                .map(interaction ->
                        Endpoint.of(path(interaction.request().url())).intern())
                .distinct()
                .toList();
    }

    private static String path(String url) {
        int authority = url.indexOf("://");
        int from = authority < 0 ? 0 : url.indexOf('/', authority + 3);
        if (from < 0) {
            return "/";
        }
        int query = url.indexOf('?', from);
        return url.substring(from, query < 0 ? url.length() : query);
    }

    private SortedMap<String, Stamp> files() {
        try {
            return shelf.list();
        } catch (IOException e) {
            throw unreadable("the directory of cassettes " + shelf.shown(), e);
        }
    }

    private Optional<Stamp> stamp(String name) {
        try {
            return shelf.stamp(name);
        } catch (IOException e) {
            throw unreadable(shelf.shown(name), e);
        }
    }

    private static CassetteException unreadable(String what, IOException why) {
        return new CassetteException(what + " cannot be read: " + Reasons.of(why), why);
    }

    /** A name that leads out of the directory names nothing. */
    private static boolean staysBelow(String name) {
        if (name.isEmpty() || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0 || name.indexOf('\0') >= 0) {
            return false;
        }
        return Stream.of(name.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /** A recording of which it was told whether others would answer in its place. */
    private record Told(String cassette, int place) {}
}
