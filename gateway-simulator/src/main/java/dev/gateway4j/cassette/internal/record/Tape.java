package dev.gateway4j.cassette.internal.record;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.internal.format.CassetteFormat;
import dev.gateway4j.cassette.internal.format.CassetteSplice;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One cassette file that is being written, shared by everybody in this process who writes it. Of what it
 * holds only the order stays in memory. An exchange at the end is copied behind the text that is there, so that a long recording is neither
 * read nor put into YAML again for each exchange; one that began before others that were saved first takes both. Thread-safe.
 */
final class Tape {
    private static final byte[] FIRST = "\n    - id: 0\n".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final Path file;
    private final Disk disk;
    private final AtomicLong takes = new AtomicLong();
    private final ReentrantLock writing = new ReentrantLock();

    private Cassette frame;
    private final List<Long> order = new ArrayList<>();
    private @Nullable Stamp stamp;
    private boolean asWeWrite;

    /** A tape that replaces what the file holds when it is first saved. */
    Tape(String name, Path file, Disk disk) {
        this.name = name;
        this.file = file;
        this.disk = disk;
        this.frame = Cassette.of(name, List.of());
    }

    /** Keeps what the file holds. */
    void keepWhatIsThere() {
        writing.lock();
        try {
            read();
        } finally {
            writing.unlock();
        }
    }

    /** A place behind all places given out before. */
    long nextPlace() {
        return takes.incrementAndGet();
    }

    /**
     * Saves an exchange at its place.
     *
     * @throws CassetteException if it cannot be saved; the file is as it was
     */
    void add(long place, Interaction interaction) {
        writing.lock();
        try {
            if (stamp != null && !stamp.equals(Stamp.of(file))) {
                read();
            }
            int index = index(place);
            if (index == order.size() && asWeWrite && stamp != null) {
                append(interaction.at(index));
            } else {
                insert(index, interaction);
            }
            order.add(index, place);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Saves a cassette in place of what is there.
     *
     * @throws CassetteException if it cannot be saved; the file is as it was
     */
    void replace(Cassette cassette) {
        writing.lock();
        try {
            write(cassette);
            hold(cassette);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Saves other interactions in the place of some; every other line of the file stays as it is.
     *
     * @throws CassetteException if something else stands there by now, or it cannot be saved; the file is as it was
     */
    void replace(Map<Integer, Interaction> before, Map<Integer, Interaction> after) {
        writing.lock();
        try {
            byte[] text = Files.readAllBytes(file);
            Cassette there = CassetteFormat.read(name, file.toString(), text);
            List<Interaction> all = new ArrayList<>(there.interactions());
            before.forEach((place, interaction) -> {
                if (place >= all.size() || !all.get(place).equals(interaction)) {
                    throw new CassetteException("Cassette \"" + name + "\" was not written: interaction " + place
                            + " has changed since it was read. Try again.");
                }
            });
            after.forEach(all::set);
            Cassette wanted = there.with(all);
            save(Optional.empty(), CassetteSplice.replace(text, wanted, after.keySet()));
            hold(wanted);
            asWeWrite = false;
        } catch (IOException e) {
            throw new CassetteException(file + " cannot be read: " + Reasons.of(e), e);
        } finally {
            writing.unlock();
        }
    }

    private int index(long place) {
        int index = order.size();
        while (index > 0 && order.get(index - 1) > place) {
            index--;
        }
        return index;
    }

    private void append(Interaction interaction) {
        byte[] alone = CassetteFormat.write(Cassette.of(name, List.of(interaction)));
        byte[] id = ("    - id: " + interaction.id() + "\n").getBytes(StandardCharsets.US_ASCII);
        int from = indexOf(alone, FIRST) + FIRST.length;
        byte[] text = Arrays.copyOf(id, id.length + alone.length - from);
        System.arraycopy(alone, from, text, id.length, alone.length - from);
        save(Optional.of(file), text);
    }

    private void insert(int index, Interaction interaction) {
        List<Interaction> all = new ArrayList<>(saved());
        all.add(index, interaction);
        all.replaceAll(new Numbering()::next);
        write(frame.with(all));
    }

    /** What the file holds by now; nothing if it is still the one to be replaced. */
    private List<Interaction> saved() {
        return order.isEmpty() ? List.of() : there().interactions();
    }

    private Cassette there() {
        try {
            return CassetteFormat.read(name, file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CassetteException(file + " cannot be read: " + Reasons.of(e), e);
        }
    }

    private void write(Cassette cassette) {
        save(Optional.empty(), CassetteFormat.write(cassette));
        // What the format does not know stands behind the interactions, so nothing can be put there.
        asWeWrite = cassette.extras().members().isEmpty()
                && !cassette.interactions().isEmpty();
    }

    private void read() {
        Stamp found = Stamp.of(file);
        hold(found == null ? Cassette.of(name, List.of()) : there());
        stamp = found;
        asWeWrite = false;
    }

    private void hold(Cassette cassette) {
        frame = cassette.with(List.of());
        order.clear();
        // Before every place that is given out.
        cassette.interactions().forEach(one -> order.add(0L));
    }

    /** Into a file beside it and from there into its place, so that a reader sees the old one or the new one and nothing else. */
    private void save(Optional<Path> before, byte[] text) {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(fresh);
            CassetteFormat.requireWritable(name, text.length + (before.isPresent() ? Files.size(before.get()) : 0));
            disk.write(fresh, before, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            force(file.getParent());
            stamp = Stamp.of(file);
        } catch (IOException e) {
            remove(fresh, e);
            throw new CassetteException(
                    "Cassette \"" + name + "\" was not written: " + file + ": " + Reasons.of(e)
                            + ". What the file held before is untouched.",
                    e);
        }
    }

    /** Without this, a power failure could bring the old file back. Where directories cannot be opened, the system sees to it. */
    private static void force(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // The file is in its place, so the exchange is saved.
        }
    }

    private static void remove(Path fresh, IOException failure) {
        try {
            Files.deleteIfExists(fresh);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static int indexOf(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            if (Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalStateException("the format writes no interaction with the id 0");
    }

    private static final class Numbering {
        private int id;

        Interaction next(Interaction interaction) {
            return interaction.at(id++);
        }
    }

    /** How a file looks from outside; it changes when somebody else writes it. */
    private record Stamp(long size, long modified, @Nullable Object key) {
        static @Nullable Stamp of(Path file) {
            try {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(seen.size(), seen.lastModifiedTime().toMillis(), seen.fileKey());
            } catch (IOException e) {
                return null;
            }
        }
    }
}
