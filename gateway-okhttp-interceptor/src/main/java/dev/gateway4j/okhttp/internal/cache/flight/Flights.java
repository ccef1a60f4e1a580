package dev.gateway4j.okhttp.internal.cache.flight;

import dev.gateway4j.api.cache.CacheOutcome;
import dev.gateway4j.api.cache.CacheStatus;
import dev.gateway4j.api.config.CacheConfig;
import dev.gateway4j.okhttp.internal.call.CallRuntime;
import dev.gateway4j.okhttp.internal.call.CallScope;
import dev.gateway4j.okhttp.internal.call.CancelWatch;
import dev.gateway4j.okhttp.internal.call.FollowerGate;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets calls that ask the same at the same time share one call upstream. Those of one client: another has another proxy, other TLS settings
 * and event listeners, so a call of it may not leave on this one's way. Holds no threads of its own. Thread-safe.
 */
public final class Flights {
    /** How many flights may be under way with nobody on board: refreshing is never worth a flood. */
    static final int MAX_LAUNCHED = 100;

    /** Whoever has boarded so often flights that were refused asks by himself. */
    private static final int MAX_BOARDINGS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

    private final DetachedCalls calls;
    private final CancelWatch watch;
    private final FollowerGate gate;
    private final FlightThreads threads;
    private final ConcurrentHashMap<FlightKey, Flight> boarding = new ConcurrentHashMap<>();
    private final Set<Flight> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicInteger launched = new AtomicInteger();

    /** Flights over these calls, on these threads; the watch sees who leaves. Calls board through the gate, but for those that open one. */
    public Flights(DetachedCalls calls, CancelWatch watch, FollowerGate gate, FlightThreads threads) {
        this.calls = calls;
        this.watch = watch;
        this.gate = gate;
        this.threads = threads;
    }

    /**
     * How a call gets its answer from a flight.
     *
     * @param response the answer, whose body is shared with everybody on board
     * @param opened true for the call that opened the flight
     */
    public record Boarded(Response response, boolean opened) {}

    /**
     * Answers a call from the flight of this key, which is opened if there is none. What becomes of the call at the cache is written into its
     * scope: what stands there, or a miss, for the one that opens the flight; shared for the others; or what the journey says. A refusal of
     * the gateway is for the opener alone, the others board again.
     *
     * @return empty if the call has to ask by itself, since the flight is full or no thread is left for one
     * @throws IOException if the flight fails, or if the call is cancelled or too late
     */
    public Optional<Boarded> board(FlightKey key, Interceptor.Chain chain, CallScope scope, Journey journey)
            throws IOException {
        CacheOutcome asked = scope.cache().orElseGet(() -> CacheOutcome.of(CacheStatus.MISS, Optional.of(key.key())));
        for (int boardings = 0; boardings < MAX_BOARDINGS; boardings++) {
            if (scope.canceled()) {
                throw new IOException("Canceled");
            }
            Passenger passenger = embark(key, chain, scope, journey, asked);
            if (passenger == null) {
                break;
            }
            Optional<Response> refusal = refusal(passenger, chain, scope);
            if (refusal.isPresent()) {
                passenger.leave();
                scope.cacheOutcome(asked);
                return Optional.of(new Boarded(refusal.get(), false));
            }
            Head head = passenger.awaitHead();
            if (head != null && (passenger.isOpener() || !head.isRefused())) {
                return Optional.of(new Boarded(passenger.answer(head, chain.request()), passenger.isOpener()));
            }
            passenger.leave();
            if (head == null && !passenger.missedIt()) {
                break;
            }
        }
        gate.undone(scope);
        scope.cacheOutcome(asked);
        return Optional.empty();
    }

    /** What a call on board is refused with by its own limits. The one that opens a flight has paid in the flight. */
    private Optional<Response> refusal(Passenger passenger, Interceptor.Chain chain, CallScope scope)
            throws IOException {
        if (passenger.isOpener()) {
            gate.undone(scope);
            return Optional.empty();
        }
        try {
            return gate.refused(chain.request(), scope);
        } catch (IOException | RuntimeException e) {
            passenger.leave();
            throw e;
        }
    }

    private @Nullable Passenger embark(
            FlightKey key, Interceptor.Chain chain, CallScope scope, Journey journey, CacheOutcome asked) {
        long readTimeout = TimeUnit.MILLISECONDS.toNanos(chain.readTimeoutMillis());
        while (true) {
            Flight there = boarding.get(key);
            if (there != null) {
                Passenger passenger = new Passenger(there, scope, false, asked, readTimeout);
                if (gate != FollowerGate.OPEN) {
                    passenger.standsInLine();
                }
                Flight.Boarding boarded = board(there, passenger);
                if (boarded == Flight.Boarding.GONE) {
                    noLongerBoards(there);
                    continue;
                }
                return boarded == Flight.Boarding.ON_BOARD ? passenger : null;
            }
            FlightCall call = new FlightCall(calls, chain, scope, key.key(), false);
            Flight opened = flight(key, call, scope.runtime(), journey, false);
            Passenger opener = new Passenger(opened, scope, true, asked, readTimeout);
            if (open(opened, opener, new FlightRun(opened, call, journey, endpoint(scope)))) {
                return opener;
            }
        }
    }

    private Flight.Boarding board(Flight there, Passenger passenger) {
        try {
            passenger.prepare();
            Flight.Boarding boarded = there.board(passenger);
            if (boarded == Flight.Boarding.ON_BOARD) {
                passenger.embark(watch);
            } else {
                passenger.settle();
            }
            return boarded;
        } catch (RuntimeException | Error e) {
            passenger.leave();
            passenger.settle();
            throw e;
        }
    }

    /** On board before anybody else can be, since the last one off ends the flight. */
    private boolean open(Flight opened, Passenger opener, FlightRun run) {
        try {
            opener.prepare();
            Flight.Boarding unusedOnBoard = opened.board(opener);
            if (boarding.putIfAbsent(opened.key(), opened) != null) {
                opener.settle();
                return false;
            }
            opener.embark(watch);
            start(opened, run);
            return true;
        } catch (RuntimeException | Error e) {
            ground(opened);
            opener.leave();
            throw e;
        }
    }

    /** It will never fly: nobody may find it, and who has found it goes on by himself. */
    private void ground(Flight flight) {
        noLongerBoards(flight);
        ended(flight);
        flight.ground();
    }

    private Flight flight(FlightKey key, FlightCall call, CallRuntime runtime, Journey journey, boolean alone) {
        CacheConfig config = runtime.config().cache();
        // One place for the call that opens it, which waits for nobody.
        Flight.Settings settings =
                new Flight.Settings(runtime.time(), config.maxWaiters() + 1, journey.largest(config.maxEntryBytes()));
        return new Flight(key, call, this, watch, settings, alone);
    }

    private static String endpoint(CallScope scope) {
        return scope.facts().endpoint();
    }

    private void start(Flight flight, FlightRun run) {
        underWay.add(flight);
        try {
            threads.start(run);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            // Closed, or the machine has no thread left: sharing is a favour, not a need.
            LOG.debug("No thread for a flight", e);
            ground(flight);
        }
    }

    /** Opens a flight with nobody on board, unless there is one under this key. Others may board it. */
    public void launch(FlightKey key, Interceptor.Chain chain, CallScope scope, Journey journey) {
        if (boarding.containsKey(key)) {
            return;
        }
        FlightCall call = new FlightCall(calls, chain, scope, key.key(), true);
        Flight flight = flight(key, call, scope.runtime(), journey, true);
        FlightRun run = new FlightRun(flight, call, journey, endpoint(scope));
        if (launched.incrementAndGet() > MAX_LAUNCHED) {
            launched.decrementAndGet();
            return;
        }
        underWay.add(flight);
        try {
            if (boarding.putIfAbsent(key, flight) == null) {
                start(flight, run);
            } else {
                ended(flight);
            }
        } catch (RuntimeException | Error e) {
            ground(flight);
            throw e;
        }
    }

    /** How many are under way. */
    public int underWay() {
        return underWay.size();
    }

    /** How many calls are on board under this key. */
    int aboard(FlightKey key) {
        Flight flight = boarding.get(key);
        return flight == null ? 0 : flight.aboard();
    }

    /** How many pieces of the answer have arrived under this key. */
    int arrived(FlightKey key) {
        Flight flight = boarding.get(key);
        return flight == null ? 0 : flight.pieces();
    }

    /** How many wait for somebody on board who does not read, as do all others there. */
    long heldUp() {
        return underWay.stream().filter(Flight::isHeldUp).count();
    }

    /** How many may be boarded. */
    int boarding() {
        return boarding.size();
    }

    void noLongerBoards(Flight flight) {
        boarding.remove(flight.key(), flight);
    }

    void ended(Flight flight) {
        if (underWay.remove(flight) && flight.isLaunched()) {
            launched.decrementAndGet();
        }
    }

    @Override
    public String toString() {
        return "Flights[" + underWay() + " under way]";
    }
}
