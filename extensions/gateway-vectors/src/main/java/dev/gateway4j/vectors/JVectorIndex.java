package dev.gateway4j.vectors;

import dev.gateway4j.api.spi.VectorIndex;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A graph of JVector. Searches wait for nothing; changes wait for each other.
 *
 * <p>What is removed is never found again from that moment on. Its vector still shows searches the way until an eighth of all were removed;
 * then these are taken out of the graph together, what pointed to them is connected anew, and their memory is free. So the graph is mended
 * as a whole when much was removed, and no search ever meets many removed vectors.
 */
final class JVectorIndex implements VectorIndex {
    private static final int DEGREE = 16;
    private static final int BUILD_BEAM = 80;
    private static final int SEARCH_BEAM = 64;
    private static final float OVERFLOW = 1.2f;
    private static final float ALPHA = 1.2f;

    /** Taking vectors out mends the graph around each, which costs least for many at once: it waits for more than this, and this share. */
    private static final int LEAST_REMOVED = 8;

    private static final int SHARE_REMOVED = 8;

    /** For the mending alone, and few, so that it leaves the processors to the calls. Its threads end when there is nothing to do. */
    private static final ForkJoinPool MENDERS =
            new ForkJoinPool(Math.max(1, Runtime.getRuntime().availableProcessors() / 4));

    private final int dimensions;
    private final ReentrantLock changes = new ReentrantLock();
    private final Map<Long, Integer> places = new HashMap<>();
    private final List<Integer> removed = new ArrayList<>();
    private final AtomicInteger size = new AtomicInteger();
    private final Slots slots;
    private final Cosines cosines;
    private final GraphIndexBuilder graph;
    private final Queue<GraphSearcher> searchers = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    JVectorIndex(int dimensions) {
        this.dimensions = dimensions;
        this.slots = new Slots(dimensions);
        this.cosines = new Cosines(slots);
        this.graph = graph(cosines, dimensions);
    }

    @SuppressWarnings(
            "deprecation") // what is to replace it makes a pool of threads before it hears that it is given one
    private static GraphIndexBuilder graph(Cosines cosines, int dimensions) {
        return new GraphIndexBuilder(
                cosines, dimensions, DEGREE, BUILD_BEAM, OVERFLOW, ALPHA, true, false, MENDERS, MENDERS);
    }

    @Override
    public void add(long id, float[] unit) {
        if (unit.length != dimensions) {
            throw new IllegalArgumentException(
                    "a vector of " + unit.length + " dimensions among such of " + dimensions);
        }
        changes.lock();
        try {
            if (closed) {
                return;
            }
            if (places.containsKey(id)) {
                throw new IllegalArgumentException("there is a vector " + id + " already");
            }
            int place = slots.put(id, unit);
            places.put(id, place);
            graph.addGraphNode(place, slots.getVector(place));
            size.incrementAndGet();
        } finally {
            changes.unlock();
        }
    }

    @Override
    public void remove(long id) {
        changes.lock();
        try {
            Integer place = closed ? null : places.remove(id);
            if (place == null) {
                return;
            }
            size.decrementAndGet();
            graph.markNodeDeleted(place);
            removed.add(place);
            boolean many = removed.size() > LEAST_REMOVED + places.size() / SHARE_REMOVED;
            if (many || places.isEmpty()) { // nobody would find the way to the next one past none but removed ones
                purge();
            }
        } finally {
            changes.unlock();
        }
    }

    /** Searches go on meanwhile: those that are on their way to a removed vector find nothing there, or another one with its own id. */
    private void purge() {
        graph.removeDeletedNodes();
        removed.forEach(slots::clear);
        removed.clear();
    }

    @Override
    public List<Neighbour> nearest(float[] unit, int count) {
        return nearest(unit, count, SEARCH_BEAM);
    }

    /** The same with so many candidates: more of them find the nearest more often, and take longer. */
    List<Neighbour> nearest(float[] unit, int count, int beam) {
        if (closed || size.get() == 0 || count < 1) {
            return List.of();
        }
        SearchScoreProvider scores = cosines.scores(
                unit, VectorizationProvider.getInstance().getVectorTypeSupport().createFloatVector(unit));
        GraphSearcher searcher = searchers.poll();
        if (searcher == null) {
            searcher = newSearcher();
        }
        searcher.setView(graph.getGraph().getView());
        SearchResult found = searcher.search(scores, Math.max(count, beam), Bits.ALL);
        searchers.add(searcher);
        return neighbours(unit, found, count);
    }

    @SuppressWarnings(
            "deprecation") // on by default, it ends searches early and misses some; there is no other way to say no
    private GraphSearcher newSearcher() {
        GraphSearcher searcher = new GraphSearcher(graph.getGraph());
        searcher.usePruning(false);
        return searcher;
    }

    private List<Neighbour> neighbours(float[] unit, SearchResult found, int count) {
        List<Neighbour> neighbours = new ArrayList<>();
        for (SearchResult.NodeScore node : found.getNodes()) {
            if (neighbours.size() < count) {
                Slots.Slot slot = slots.at(node.node);
                if (!slots.isNothing(slot)) {
                    neighbours.add(new Neighbour(slot.id(), Cosines.cosine(unit, slot.unit())));
                }
            }
        }
        neighbours.sort(Comparator.comparingDouble(Neighbour::similarity).reversed());
        return List.copyOf(neighbours);
    }

    @Override
    public int size() {
        return size.get();
    }

    @Override
    public void close() {
        changes.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            places.values().forEach(slots::clear);
            places.clear();
            removed.clear();
            size.set(0);
            searchers.clear();
            graph.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            changes.unlock();
        }
    }

    @Override
    public String toString() {
        return "JVectorIndex[" + size + " x " + dimensions + "]";
    }
}
