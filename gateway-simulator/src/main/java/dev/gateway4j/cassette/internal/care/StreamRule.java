package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedResponse;
import dev.gateway4j.cassette.internal.care.Events.Event;
import java.util.List;

/** Whether a stream of events can be read, and to its end. */
final class StreamRule implements InteractionRule {
    @Override
    public void look(Interaction interaction, Findings.Spot spot) {
        RecordedResponse response = interaction.response();
        if (!MediaType.of(response.headers()).isEventStream()
                || response.code() >= 400
                || !EncodingRule.named(response).isEmpty()) {
            return;
        }
        Events events = Events.of(response.body().bytes());
        Findings.Spot body = spot.at("/response/body");
        readable(events, body);
        if (EndingRule.ending(response).isEmpty()) {
            whole(events, StreamEnd.of(Urls.path(interaction.request().url()), events), body);
        }
    }

    private static void readable(Events events, Findings.Spot spot) {
        List<Event> closed =
                events.cut() ? events.list().subList(0, events.list().size() - 1) : events.list();
        boolean json = closed.stream().anyMatch(event -> event.json().isPresent());
        for (int i = 0; json && i < closed.size(); i++) {
            Event event = closed.get(i);
            if (event.json().isEmpty() && !event.done() && !event.empty()) {
                spot.error(
                        "bad-event",
                        "event " + i + " (" + event.label() + ") is not JSON though others are, so a client may fail"
                                + " there; record the interaction again");
            }
        }
    }

    private static void whole(Events events, StreamEnd end, Findings.Spot spot) {
        boolean lastWord = events.cut()
                && end.isEnd(events.list().get(events.list().size() - 1).label());
        if (events.cut() && !lastWord) {
            spot.warning(
                    "cut-event",
                    "the stream ends inside event " + (events.list().size() - 1)
                            + ": no blank line follows it, so a client drops it. Record the interaction again");
        }
        if (events.list().isEmpty()) {
            spot.warning("no-event", "the stream holds no event; record the interaction again");
        } else if (!end.reached(events)) {
            spot.warning(
                    "no-end",
                    "the stream stops without " + end.words() + " after "
                            + ReportText.many(events.list().size(), "event")
                            + ", so a client takes it for truncated; record the interaction again");
        }
    }
}
