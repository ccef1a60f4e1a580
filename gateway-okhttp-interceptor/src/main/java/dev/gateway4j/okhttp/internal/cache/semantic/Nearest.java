package dev.gateway4j.okhttp.internal.cache.semantic;

import dev.gateway4j.api.spi.VectorIndex.Neighbour;
import java.util.ArrayList;
import java.util.List;

/** The nearest of all that are offered, nearest first; each id once. For a handful; not thread-safe. */
final class Nearest {
    private final int most;
    private final List<Neighbour> list = new ArrayList<>();

    Nearest(int most) {
        this.most = most;
    }

    void offer(long id, double similarity) {
        if (Double.isNaN(similarity)) {
            return; // would stand in the way of those behind it
        }
        if (list.size() == most
                && (most == 0 || similarity <= list.get(most - 1).similarity())) {
            return;
        }
        int at = list.size();
        while (at > 0 && list.get(at - 1).similarity() < similarity) {
            at--;
        }
        for (Neighbour known : list) {
            if (known.id() == id) {
                return;
            }
        }
        list.add(at, new Neighbour(id, similarity));
        if (list.size() > most) {
            list.remove(most);
        }
    }

    List<Neighbour> list() {
        return List.copyOf(list);
    }
}
