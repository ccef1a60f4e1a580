package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.simulator.internal.encode.OutputItem;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseFailure;
import dev.gateway4j.simulator.internal.encode.ResponseStream;
import dev.gateway4j.simulator.internal.encode.Schedule;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.tokens.Piece;
import dev.gateway4j.simulator.internal.tokens.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A response on its shelf. What a client sees is its end; hidden are what came before it, where a stream of it was cut, what items show
 * only rounded, and when each event of a response in the background is due.
 *
 * @param item what is on the shelf
 */
record Kept(Item item) {
    /** Of the events of a response in the background this one tells that it was begun. */
    private static final int BEGUN_EVENT = 2;

    /**
     * Puts a response into the form in which it is kept.
     *
     * @param story the response and what a stream of it tells
     * @param history the items before its input
     * @param input the items of its input, each with an id
     * @param begins when it was begun, on the scale of the clock
     * @param dues when each event of its stream is due, counted from there; empty if it was not made in the background
     */
    static Kept of(
            ResponseStream.Story story, List<JsonNode> history, List<JsonNode> input, long begins, List<Long> dues) {
        ObjectNode hidden = JsonNodeFactory.instance.objectNode();
        hidden.putArray("history").addAll(history);
        hidden.putArray("input").addAll(input);
        hidden.put("tier", story.tier());
        hidden.put("begins", begins);
        ArrayNode due = hidden.putArray("dues");
        dues.forEach(due::add);
        ArrayNode cuts = hidden.putArray("cuts");
        ArrayNode exact = hidden.putArray("exact");
        JsonNode output = story.finished().path("output");
        for (int i = 0; i < story.items().size(); i++) {
            ObjectNode item = story.items().get(i).json();
            cuts.add(cuts(story.items().get(i)));
            exact.add(item.equals(output.path(i)) ? hidden.nullNode() : item);
        }
        story.failure().ifPresent(failure -> hidden.putObject("failure")
                .put("type", failure.type())
                .put("code", failure.code())
                .put("message", failure.message())
                .put("after", failure.afterDeltas()));
        ObjectNode json = story.finished();
        return new Kept(
                Item.of(json.path("id").asText(), json.path("created_at").asLong(), json)
                        .hiding(hidden));
    }

    /** The items of its input, oldest first. */
    List<JsonNode> input() {
        return list(item.hidden().path("input"));
    }

    /** All items up to the end of this response, as far as there are any at this time. */
    List<JsonNode> everything(long now) {
        List<JsonNode> all = list(item.hidden().path("history"));
        all.addAll(input());
        all.addAll(list(at(now).path("output")));
        return all;
    }

    /** The response as it is at this time. */
    ObjectNode at(long now) {
        String status = status(now);
        return status.isEmpty() ? item.json() : ResponseBody.unfinished(item.json(), status, tier());
    }

    boolean background() {
        return item.json().path("background").asBoolean();
    }

    boolean cancelled() {
        return item.json().path("status").asText().equals("cancelled");
    }

    /** True if nothing changes any more after this time. */
    boolean over(long now) {
        return status(now).isEmpty();
    }

    /** This response, stopped. */
    Kept stopped() {
        return new Kept(item.with(ResponseBody.unfinished(item.json(), "cancelled", tier())));
    }

    /** The conversation it belongs to; empty if it belongs to none. */
    String conversation() {
        return item.json().path("conversation").path("id").asText();
    }

    /** When its stream sends what, none of it before this time. */
    Schedule schedule(long now) {
        return background() ? Schedule.kept(dues(), begins(), now) : Schedule.kept(List.of(), now, now);
    }

    /** What a stream of it tells. */
    ResponseStream.Story story() {
        List<OutputItem> items = new ArrayList<>();
        JsonNode output = item.json().path("output");
        for (int i = 0; i < output.size(); i++) {
            JsonNode exact = item.hidden().path("exact").path(i);
            ObjectNode json = (ObjectNode) (exact.isObject() ? exact : output.get(i));
            items.add(
                    new OutputItem(json, pieces(json, item.hidden().path("cuts").path(i)), 0));
        }
        return new ResponseStream.Story(item.json(), items, tier(), failure());
    }

    private Optional<ResponseFailure> failure() {
        JsonNode failure = item.hidden().path("failure");
        return failure.isMissingNode()
                ? Optional.empty()
                : Optional.of(new ResponseFailure(
                        failure.path("type").asText(),
                        failure.path("code").asText(),
                        failure.path("message").asText(),
                        failure.path("after").asInt()));
    }

    /** What it is before its end; empty after it. */
    private String status(long now) {
        JsonNode dues = item.hidden().path("dues");
        if (dues.isEmpty() || cancelled()) {
            return "";
        }
        long since = now - begins();
        if (since >= dues.path(dues.size() - 1).asLong()) {
            return "";
        }
        return since < dues.path(BEGUN_EVENT).asLong() ? "queued" : "in_progress";
    }

    private String tier() {
        return item.hidden().path("tier").asText();
    }

    private long begins() {
        return item.hidden().path("begins").asLong();
    }

    private List<Long> dues() {
        List<Long> dues = new ArrayList<>();
        item.hidden().path("dues").forEach(due -> dues.add(due.asLong()));
        return dues;
    }

    private static List<JsonNode> list(JsonNode array) {
        List<JsonNode> list = new ArrayList<>(array.size());
        array.forEach(list::add);
        return list;
    }

    /** The lengths of the bits in which an item is said, texts divided by semicolons. */
    private static String cuts(OutputItem item) {
        StringBuilder cuts = new StringBuilder();
        for (Pieces said : item.said()) {
            for (Piece piece : said.list()) {
                cuts.append(piece.text().length()).append(',');
            }
            cuts.append(';');
        }
        return cuts.toString();
    }

    private static List<Pieces> pieces(JsonNode output, JsonNode cuts) {
        List<Pieces> all = new ArrayList<>();
        List<String> texts = Said.texts(output);
        String[] lengths = cuts.asText().split(";", -1);
        for (int i = 0; i < texts.size(); i++) {
            List<Piece> pieces = new ArrayList<>();
            int from = 0;
            for (String length : lengths[i].split(",", -1)) {
                int to = length.isEmpty() ? from : from + Integer.parseInt(length);
                if (to > from) {
                    pieces.add(new Piece(texts.get(i).substring(from, to), 1));
                }
                from = to;
            }
            all.add(Pieces.of(pieces));
        }
        return all;
    }
}
