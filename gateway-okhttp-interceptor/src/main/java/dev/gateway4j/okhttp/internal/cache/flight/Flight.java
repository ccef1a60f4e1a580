package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.call.CallReport;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call upstream and everybody who is on board of it: who is, how far each has read, and whose report says what was used. The thread of
 * the flight writes, those on board read. Thread-safe.
 */
final class Flight {
    /** Beyond what is kept, the fastest reader is at most this far ahead of the slowest. */
    static final long WINDOW = 1 << 20;

    /** How long one may read nothing while others wait. */
    static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** How long a whole answer that nobody reads any more may take to end. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Those on board have the same read timeout as the flight, which is to say first that its upstream is silent. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final Logger LOG = LoggerFactory.getLogger(Flight.class);

    /** What becomes of a call that wants to board. */
    enum Boarding {
        ON_BOARD,
        FULL,
        GONE
    }

    private final FlightKey key;
    private final FlightCall call;
    private final Flights flights;
    private final CancelWatch watch;
    private final TimeSource time;
    private final int places;
    private final boolean launched;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition room = lock.newCondition();

    // Guarded by the lock.
    private final Set<Passenger> aboard = new LinkedHashSet<>();
    private final Set<Passenger> unsettled = new LinkedHashSet<>();
    private final Hold hold;
    private @Nullable Head head;
    private @Nullable IOException failure;
    private boolean closed;
    private boolean canceled;
    private boolean settling;
    private boolean over;
    private boolean grounded;
    private int arrivals;
    private long heldUpSince;

    private volatile long wholeAt = Long.MAX_VALUE;

    /**
     * @param launched true if it goes on with nobody on board
     */
    Flight(FlightKey key, FlightCall call, Flights flights, CancelWatch watch, Settings settings, boolean launched) {
        this.key = key;
        this.call = call;
        this.flights = flights;
        this.watch = watch;
        this.time = settings.time;
        this.places = settings.places;
        this.hold = new Hold(settings.maxEntryBytes);
        this.launched = launched;
    }

    /**
     * What the settings say about every flight.
     *
     * @param time the only clock
     * @param places how many may be on board
     * @param maxEntryBytes the largest answer that is kept
     */
    record Settings(TimeSource time, int places, long maxEntryBytes) {}

    /** The name of its call. */
    String id() {
        return call.id();
    }

    FlightKey key() {
        return key;
    }

    boolean isLaunched() {
        return launched;
    }

    /** What the cache says about those who fly with another. */
    CacheOutcome shared() {
        return CacheOutcome.of(CacheStatus.SHARED, Optional.of(key.key())).withFlight(call.id());
    }

    /** True if those on board share an answer from upstream, and not one that was cached. */
    boolean isShared() {
        lock.lock();
        try {
            return head == null || head.fromCache().isEmpty();
        } finally {
            lock.unlock();
        }
    }

    // Those on board.

    Boarding board(Passenger passenger) {
        lock.lock();
        try {
            if (closed) {
                return Boarding.GONE;
            }
            if (aboard.size() >= places) {
                return Boarding.FULL;
            }
            aboard.add(passenger);
            unsettled.add(passenger);
            passenger.boarded(arrivals);
            return Boarding.ON_BOARD;
        } finally {
            lock.unlock();
        }
    }

    boolean isAboard(Passenger passenger) {
        lock.lock();
        try {
            return aboard.contains(passenger);
        } finally {
            lock.unlock();
        }
    }

    /** True if somebody has to look whether it leaves. */
    boolean isWatched(Passenger passenger) {
        lock.lock();
        try {
            return aboard.contains(passenger) && !over;
        } finally {
            lock.unlock();
        }
    }

    /** How many are on board. */
    int aboard() {
        lock.lock();
        try {
            return aboard.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many pieces have arrived. */
    int pieces() {
        lock.lock();
        try {
            return hold.pieces().length;
        } finally {
            lock.unlock();
        }
    }

    /** True while everybody who reads waits for somebody who does not. */
    boolean isHeldUp() {
        lock.lock();
        try {
            return lock.hasWaiters(room)
                    && aboard.stream()
                            .allMatch(
                                    passenger -> passenger.isWaiting() || hold.end() - passenger.position() >= WINDOW);
        } finally {
            lock.unlock();
        }
    }

    /** True if it has to leave; by the thread that watches. */
    boolean look(Passenger passenger) {
        lock.lock();
        try {
            return passenger.hasToLeave();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    Head awaitHead(Passenger passenger) throws IOException {
        lock.lock();
        try {
            passenger.seated();
            while (true) {
                if (passenger.missedIt()) {
                    return null;
                }
                if (passenger.hasToLeave()) {
                    throw passenger.failure();
                }
                if (head != null || grounded) {
                    return head;
                }
                if (over) {
                    throw failureFor(passenger);
                }
                // As long as a limit or a search may hold it up, the upstream's silence is not to blame.
                await(passenger, Long.MAX_VALUE);
            }
        } finally {
            lock.unlock();
        }
    }

    long read(Passenger passenger, Buffer sink, long byteCount) throws IOException {
        long until = Long.MAX_VALUE;
        lock.lock();
        try {
            while (true) {
                if (passenger.hasToLeave()) {
                    throw passenger.failure();
                }
                long count = Math.min(byteCount, hold.end() - passenger.position());
                if (count > 0) {
                    hold.read(sink, passenger.position(), count);
                    passenger.took(count);
                    signalRoom();
                    return count;
                }
                if (over && failure == null) {
                    return -1;
                }
                if (over) {
                    throw failureFor(passenger);
                }
                until = until == Long.MAX_VALUE ? passenger.patience(SLACK_NANOS) : until;
                await(passenger, until);
            }
        } finally {
            lock.unlock();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // both callers loop
    private void await(Passenger passenger, long until) throws IOException {
        passenger.waits(until);
        signalRoom();
        try {
            news.await();
            boolean unusedHasToLeave = passenger.hasToLeave(); // while what it waits for is still known
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            passenger.goesOn();
        }
    }

    /** The thread of the flight waits for readers only beyond what is kept. */
    private void signalRoom() {
        if (hold.overflowed()) {
            room.signal();
        }
    }

    private IOException failureFor(Passenger passenger) {
        IOException why = failure == null ? new IOException("The flight ended without an answer") : failure;
        return passenger.isOpener() ? why : SharedFailures.again(why, hold.end());
    }

    /** True if what comes before this place is a whole answer. */
    boolean isWhole(long position) {
        return position >= wholeAt;
    }

    /**
     * Takes one off board. The last one off ends the flight, and the call that opened it reports what a flight used that ends with it.
     *
     * @return true if what its report says does not depend on the flight
     */
    boolean leave(Passenger passenger) {
        boolean last = false;
        boolean full;
        boolean alone;
        lock.lock();
        try {
            if (aboard.remove(passenger)) {
                last = aboard.isEmpty() && !launched && !settling;
                left(passenger, last);
            }
            full = closed;
            alone = passenger.isAlone();
        } finally {
            lock.unlock();
        }
        if (full) {
            flights.noLongerBoards(this);
        }
        if (last) {
            end();
        }
        return alone;
    }

    private void left(Passenger passenger, boolean last) {
        passenger.left();
        boolean whole = isWhole(passenger.position());
        boolean refused = head != null && head.isRefused(); // then the others are about to leave
        boolean waits = settling || whole || (passenger.isOpener() && (last || refused));
        if (!waits) {
            unsettled.remove(passenger);
            // An answer that was cached after all is no business of the flight's.
            passenger.alone(head == null || head.fromCache().isEmpty());
        }
        // Who has waited in vain and asks again is not to find the same dead connection.
        closed |= last || passenger.gaveUpAt(arrivals);
        canceled |= last && !whole;
        news.signalAll();
        room.signal();
    }

    /** Nobody is on board any more. What is whole but for its end is not worth less for that. */
    private void end() {
        if (isCanceled()) {
            call.cancel();
            return;
        }
        long due = time.nanos() + GRACE_NANOS;
        Runnable unusedUnlink = watch.when(() -> isOver() || time.nanos() >= due, () -> {
            if (!isOver()) {
                cancel();
            }
        });
    }

    private void cancel() {
        lock.lock();
        try {
            canceled = true;
            room.signal();
        } finally {
            lock.unlock();
        }
        call.cancel();
    }

    private boolean isCanceled() {
        lock.lock();
        try {
            return canceled;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    // The thread of the flight.

    /** There was no thread for it: whoever is on board asks by himself. */
    void ground() {
        List<Passenger> there;
        lock.lock();
        try {
            closed = true;
            settling = true;
            over = true;
            grounded = true;
            there = List.copyOf(unsettled);
            unsettled.clear();
            news.signalAll();
        } finally {
            lock.unlock();
        }
        there.forEach(Passenger::settle);
    }

    /** The head of the answer is there. Nobody boards an answer that is meant for the opener alone. */
    void headed(Head answer) {
        boolean refused = answer.isRefused();
        lock.lock();
        try {
            head = answer;
            arrivals++;
            closed |= refused;
            if (refused) {
                // They board another one, which is to settle them.
                aboard.stream().filter(passenger -> !passenger.isOpener()).forEach(passenger -> {
                    unsettled.remove(passenger);
                    passenger.alone(false);
                });
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
        if (refused) {
            flights.noLongerBoards(this);
        }
    }

    /**
     * A piece of the body is there.
     *
     * @param whole true if the answer is whole with it
     * @return true if it is the one with which the answer became larger than what is kept
     */
    boolean arrived(Buffer piece, boolean whole) throws EOFException {
        boolean overflows;
        boolean deserted = false;
        lock.lock();
        try {
            boolean before = hold.overflowed();
            hold.add(piece, time.nanos());
            arrivals++;
            overflows = !before && hold.overflowed();
            closed |= overflows;
            deserted = overflows && dropsWhoStandInLine();
            if (hold.overflowed()) {
                hold.dropBefore(slowest());
            }
            if (whole && wholeAt == Long.MAX_VALUE) {
                wholeAt = hold.end();
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
        if (overflows) {
            flights.noLongerBoards(this);
        }
        if (deserted) {
            call.cancel();
        }
        return overflows;
    }

    /**
     * Who waits for his own limits reads nothing, and cannot be waited for: he is to board another.
     *
     * @return true if nobody else is on board, which ends it
     */
    private boolean dropsWhoStandInLine() {
        List<Passenger> missing = aboard.stream().filter(Passenger::isInLine).toList();
        for (Passenger passenger : missing) {
            aboard.remove(passenger);
            unsettled.remove(passenger);
            passenger.missed();
        }
        boolean deserted = !missing.isEmpty() && aboard.isEmpty() && !launched;
        canceled |= deserted;
        return deserted;
    }

    /** Waits until there is room for more; at once up to what is kept. */
    void awaitRoom() throws IOException {
        List<Passenger> stalled = new ArrayList<>(0);
        do {
            stalled.forEach(this::leave);
            stalled.clear();
        } while (!hasRoom(stalled));
    }

    private boolean hasRoom(List<Passenger> stalled) throws IOException {
        lock.lock();
        try {
            heldUpSince = Long.MAX_VALUE;
            while (stalled.isEmpty()) {
                if (canceled) {
                    throw new IOException("Canceled");
                }
                if (!hold.overflowed() || hold.end() - slowest() < WINDOW) {
                    return true;
                }
                awaitReaders(stalled);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Those who wait hold those responsible who read nothing; alone on board one may take his time. */
    private void awaitReaders(List<Passenger> stalled) throws IOException {
        long now = time.nanos();
        boolean someWait = aboard.stream().anyMatch(Passenger::isWaiting);
        heldUpSince = !someWait ? Long.MAX_VALUE : Math.min(heldUpSince, now);
        long due = Long.MAX_VALUE;
        for (Passenger passenger : aboard) {
            if (someWait && hold.end() - passenger.position() >= WINDOW) {
                long stalls = Math.max(heldUpSince, passenger.lastReadNanos()) + STALL_NANOS;
                due = Math.min(due, stalls);
                if (stalls <= now) {
                    passenger.stalled();
                    stalled.add(passenger);
                }
            }
        }
        if (stalled.isEmpty()) {
            awaitRoomUntil(due);
        }
    }

    @SuppressWarnings("WaitNotInLoop") // the caller loops
    private void awaitRoomUntil(long due) throws IOException {
        Runnable unlink = due == Long.MAX_VALUE ? () -> {} : watch.when(() -> time.nanos() >= due, this::wake);
        try {
            room.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            unlink.run();
        }
    }

    private void wake() {
        lock.lock();
        try {
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    private long slowest() {
        long slowest = hold.end();
        for (Passenger passenger : aboard) {
            slowest = Math.min(slowest, passenger.position());
        }
        return slowest;
    }

    /** Everything that arrived, or null if it is more than is kept. To be read without the lock. */
    @Nullable
    Cargo cargo() {
        lock.lock();
        try {
            return hold.overflowed() ? null : new Cargo(hold.all(), hold.pieces(), hold.times());
        } finally {
            lock.unlock();
        }
    }

    /** What arrived, and when. */
    @SuppressWarnings("ArrayRecordComponent") // consumed, never compared
    record Cargo(Buffer bytes, int[] pieces, long[] atNanos) {}

    /**
     * It is over. If the call that opened it is still there, or was the last to leave, its report says what was used; otherwise the flight has
     * one of its own. Those on board are settled and hear the end before anybody else is settled: who has left may have ended, so that
     * listeners hear of his report here, and take their time.
     *
     * @param remark why the answer was not kept, if there was one and it was not
     */
    void finish(@Nullable IOException why, Optional<String> remark) {
        CallReport report = call.report();
        List<Passenger> there;
        List<Passenger> gone;
        boolean carried;
        flights.noLongerBoards(this);
        lock.lock();
        try {
            closed = true;
            settling = true;
            failure = why;
            over = true;
            news.signalAll();
            there = List.copyOf(aboard);
            carried = settle(there.stream().filter(unsettled::remove).toList(), report, remark);
            gone = List.copyOf(unsettled);
            unsettled.clear();
        } finally {
            lock.unlock();
        }
        there.forEach(Passenger::unlink);
        carried |= settle(gone, report, remark);
        if (report != null && !carried) {
            guarded(() -> call.publish(report));
        }
        flights.ended(this);
    }

    /** True if one of them has opened the flight, whose report then says what was used. */
    private static boolean settle(List<Passenger> some, @Nullable CallReport report, Optional<String> remark) {
        boolean carried = false;
        for (Passenger passenger : some) {
            carried |= passenger.isOpener();
            guarded(() -> passenger.settle(report, remark));
        }
        return carried;
    }

    /** What one listener throws is no reason to leave others waiting. */
    private static void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.error("The report of a call that was shared could not be settled", e);
        }
    }
}
