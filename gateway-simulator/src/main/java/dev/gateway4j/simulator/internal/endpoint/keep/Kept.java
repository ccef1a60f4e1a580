package dev.gateway4j.simulator.internal.endpoint.keep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Things of one kind on their shelf. Whatever is looked at is first brought to where the clock says it is, so that nothing runs in the
 * background. Thread-safe.
 */
public final class Kept {
    private final Shelf shelf;
    private final Function<String, ApiError> unknown;
    private final UnaryOperator<Item> upToDate;
    private final Predicate<Item> over;

    private Kept(Shelf shelf, Function<String, ApiError> unknown, UnaryOperator<Item> upToDate, Predicate<Item> over) {
        this.shelf = shelf;
        this.unknown = unknown;
        this.upToDate = upToDate;
        this.over = over;
    }

    /** Things that only change when somebody changes them; {@code unknown} is the error for an id that none of them has. */
    public static Kept on(Shelf shelf, Function<String, ApiError> unknown) {
        return new Kept(shelf, unknown, item -> item, item -> false);
    }

    /** The same, brought up to date by this; it gives back the very item where nothing has changed. */
    public Kept movedBy(UnaryOperator<Item> change) {
        return new Kept(shelf, unknown, change, over);
    }

    /** The same, gone once this is true. */
    public Kept until(Predicate<Item> end) {
        return new Kept(shelf, unknown, upToDate, end);
    }

    /** Keeps a thing. */
    public Item put(Item item) {
        shelf.put(item);
        return item;
    }

    /** The thing of this id. */
    public Optional<Item> find(String id) {
        Optional<Item> found = shelf.change(id, upToDate);
        if (found.isPresent() && over.test(found.get())) {
            shelf.remove(id);
            return Optional.empty();
        }
        return found;
    }

    /** The thing of this id, or its error. */
    public Item get(String id) {
        return find(id).orElseThrow(() -> unknown.apply(id));
    }

    /** All of them, oldest first. */
    public List<Item> all() {
        List<Item> items = new ArrayList<>();
        for (Item item : shelf.list()) {
            find(item.id()).ifPresent(items::add);
        }
        return items;
    }

    /** What clients see of those that pass, oldest first. */
    public List<JsonNode> seen(Predicate<Item> filter) {
        List<JsonNode> seen = new ArrayList<>();
        all().stream().filter(filter).forEach(item -> seen.add(item.json()));
        return seen;
    }

    /** Changes the thing of this id in one step, after it was brought up to date. The changed thing, or the error for its id. */
    public Item change(String id, UnaryOperator<Item> change) {
        Item found = get(id);
        return shelf.change(found.id(), item -> change.apply(upToDate.apply(item)))
                .orElseThrow(() -> unknown.apply(id));
    }

    /** Changes what clients see of the thing of this id. */
    public Item edit(String id, Consumer<ObjectNode> change) {
        return change(id, item -> {
            ObjectNode json = item.json().deepCopy();
            change.accept(json);
            return item.with(json);
        });
    }

    /** Forgets the thing of this id, or gives its error. */
    public Item remove(String id) {
        Item found = get(id);
        return shelf.remove(found.id()).orElse(found);
    }
}
