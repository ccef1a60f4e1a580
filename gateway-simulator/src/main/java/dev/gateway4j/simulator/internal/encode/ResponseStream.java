package dev.gateway4j.simulator.internal.encode;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.chance.Draws;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A response as events, from {@code response.created} to its end. Used by one thread at a time. */
public final class ResponseStream extends Events {
    private static final int PADDED_TO = 16;

    private final Story story;
    private final Schedule schedule;
    private final Optional<Draws> padding;
    private final BooleanSupplier stopped;
    private final Deque<StreamEvent> next = new ArrayDeque<>();
    private Iterator<StreamEvent> inside = Collections.emptyIterator();
    private int item;
    private int sequence;
    private int deltas;
    private boolean over;

    /**
     * What a stream tells.
     *
     * @param finished the response as it is in the end
     * @param items its items
     * @param tier the service tier that was asked for
     * @param failure how it fails; empty if it does not
     */
    public record Story(ObjectNode finished, List<OutputItem> items, String tier, Optional<ResponseFailure> failure) {
        /** Copies the list. */
        public Story {
            items = List.copyOf(items);
        }
    }

    /**
     * A stream.
     *
     * @param story what it tells
     * @param schedule when
     * @param padding draws for padding; none if deltas are not padded
     * @param stopped whether the response was stopped, at which the stream ends
     */
    public ResponseStream(Story story, Schedule schedule, Optional<Draws> padding, BooleanSupplier stopped) {
        super(
                schedule.opens(),
                schedule.ends(
                        story.finished().path("usage").path("output_tokens").asLong()));
        this.story = story;
        this.schedule = schedule;
        this.padding = padding;
        this.stopped = stopped;
        if (story.finished().path("background").asBoolean()) {
            next.add(snapshot("created", "queued", StreamEvent.Wait.NONE));
            next.add(snapshot("queued", "queued", StreamEvent.Wait.NONE));
            next.add(snapshot("in_progress", "in_progress", StreamEvent.Wait.HEADERS));
        } else {
            next.add(snapshot("created", "in_progress", StreamEvent.Wait.HEADERS));
            next.add(snapshot("in_progress", "in_progress", StreamEvent.Wait.NONE));
        }
    }

    /** When each event is due, counted from the beginning. Uses the stream up. */
    public List<Long> dues() {
        List<Long> dues = new ArrayList<>();
        while (event() != null) {
            dues.add(due() - schedule.begins());
        }
        return dues;
    }

    /** Passes over all events up to this number. */
    public ResponseStream after(int number) {
        boolean more = true;
        while (more && sequence <= number) {
            more = event() != null;
        }
        return this;
    }

    @Override
    @Nullable
    String event() {
        if (stopped.getAsBoolean()) {
            return null;
        }
        StreamEvent event = following();
        if (event == null) {
            return null;
        }
        schedule.next(sequence, event).ifPresentOrElse(this::at, () -> later(schedule.gap(event)));
        event.put("sequence_number", JsonNodeFactory.instance.numberNode(sequence++));
        if (event.isDelta()) {
            deltas++;
            padding.ifPresent(draws -> pad(event, draws));
        }
        return event.written();
    }

    private @Nullable StreamEvent following() {
        if (!next.isEmpty()) {
            return next.poll();
        }
        if (over) {
            return null;
        }
        if (story.failure().isPresent() && deltas >= story.failure().get().afterDeltas()) {
            return fail(story.failure().get());
        }
        if (!inside.hasNext() && item < story.items().size()) {
            inside = ItemEvents.of(story.items().get(item), item);
            item++;
        }
        if (inside.hasNext()) {
            return inside.next();
        }
        if (story.failure().isPresent()) {
            return fail(story.failure().get());
        }
        over = true;
        return end(StreamEvent.Wait.TAIL);
    }

    private StreamEvent fail(ResponseFailure failure) {
        over = true;
        ObjectNode error = JsonNodeFactory.instance
                .objectNode()
                .put("type", failure.type())
                .put("code", failure.code())
                .put("message", failure.message())
                .putNull("param");
        next.add(end(StreamEvent.Wait.NONE));
        return new StreamEvent("error", StreamEvent.Wait.NONE, 0).put("error", error);
    }

    private StreamEvent end(StreamEvent.Wait wait) {
        ObjectNode told = ResponseBody.streamed(story.finished());
        return new StreamEvent("response." + told.path("status").asText(), wait, 0).put("response", told);
    }

    private StreamEvent snapshot(String type, String status, StreamEvent.Wait wait) {
        return new StreamEvent("response." + type, wait, 0)
                .put("response", ResponseBody.unfinished(story.finished(), status, story.tier()));
    }

    private static void pad(StreamEvent event, Draws draws) {
        String delta = event.delta();
        int length = delta.codePointCount(0, delta.length());
        event.put(
                "obfuscation",
                JsonNodeFactory.instance.textNode(draws.alphanumeric(Math.floorMod(-length, PADDED_TO))));
    }
}
