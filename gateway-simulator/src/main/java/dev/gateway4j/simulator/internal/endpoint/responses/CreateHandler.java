package dev.gateway4j.simulator.internal.endpoint.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.ResponseIds;
import dev.gateway4j.simulator.internal.encode.FileSearch;
import dev.gateway4j.simulator.internal.encode.OutputItem;
import dev.gateway4j.simulator.internal.encode.OutputItems;
import dev.gateway4j.simulator.internal.encode.ResponseBody;
import dev.gateway4j.simulator.internal.encode.ResponseFailure;
import dev.gateway4j.simulator.internal.encode.ResponseHead;
import dev.gateway4j.simulator.internal.encode.ResponseStream;
import dev.gateway4j.simulator.internal.encode.Schedule;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Handler;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.plan.Plan;
import dev.gateway4j.simulator.internal.request.Ask;
import dev.gateway4j.simulator.internal.request.Conversation;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ResponsesRequest;
import dev.gateway4j.simulator.internal.store.Shelf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** {@code POST /v1/responses}. */
final class CreateHandler implements Handler {
    private final Services services;
    private final FileSearch files;
    private final Failures failures;
    private final Shelf responses;
    private final ConversationShelf conversations;

    CreateHandler(Services services, FileSearch files, Failures failures) {
        this.services = services;
        this.files = files;
        this.failures = failures;
        this.responses = Memory.responses(services.state());
        this.conversations = new ConversationShelf(services.state());
    }

    @Override
    public void judge(Exchange exchange) {
        promptTokens(read(exchange).ask());
    }

    @Override
    public WireReply handle(Exchange exchange) {
        ResponsesRequest request = read(exchange);
        Ask ask = request.ask();
        Plan plan = services.planner().plan(ask, promptTokens(ask), exchange.chance());
        return request.background() ? background(exchange, request, plan) : direct(exchange, request, plan);
    }

    private ResponsesRequest read(Exchange exchange) {
        return ResponsesRequest.read(
                exchange.request().body(), exchange.azure(), new Memory(services.state(), exchange.arrived()));
    }

    /** The tokens of the prompt, as far as they fit. */
    private long promptTokens(Ask ask) {
        long prompt = services.promptTokens().count(ask);
        int context = ask.model().context();
        if (prompt > context && !ask.body().path("truncation").asText().equals("auto")) {
            throw ErrorKind.CONTEXT_RESPONSES.with();
        }
        return Math.min(prompt, context);
    }

    private WireReply direct(Exchange exchange, ResponsesRequest request, Plan plan) {
        long whole = plan.pace().whole(plan.usage().output());
        Making making = new Making(exchange, request, plan);
        ResponseStream.Story story = making.story(whole);
        making.keep(story, exchange.arrived(), List.of(), exchange.arrived() + whole);
        if (request.stream()) {
            Schedule schedule = Schedule.of(plan.pace(), exchange.arrived());
            return stream(exchange, making, story, schedule, plan.pace().headers());
        }
        return Replies.whole(exchange, ResponseBody.bytes(story.finished()), charge(request), whole);
    }

    /** The whole timetable is made at once, so that it is the same whoever looks when. */
    private WireReply background(Exchange exchange, ResponsesRequest request, Plan plan) {
        long accepted = Math.min(
                plan.pace().headers(),
                services.planner().pace(exchange.chance()).quick());
        long begins = exchange.arrived() + accepted;
        Making making = new Making(exchange, request, plan);
        ResponseStream.Story draft = making.story(0);
        List<Long> paced =
                new ResponseStream(draft, Schedule.of(plan.pace(), begins), Optional.empty(), () -> false).dues();
        List<Long> dues = request.stream() ? paced : Unhurried.of(paced);
        long last = dues.get(dues.size() - 1);
        ResponseStream.Story story = making.finished(draft, accepted + last);
        making.keep(story, begins, dues, begins + last);
        if (request.stream()) {
            return stream(exchange, making, story, Schedule.kept(dues, begins, begins), accepted);
        }
        ObjectNode queued = ResponseBody.unfinished(story.finished(), "queued", story.tier());
        return Replies.whole(exchange, ResponseBody.bytes(queued), charge(request), accepted);
    }

    private WireReply stream(
            Exchange exchange, Making making, ResponseStream.Story story, Schedule schedule, long after) {
        ResponsesRequest request = making.request;
        boolean padded = request.obfuscation().orElse(!request.background());
        Draws draws = exchange.chance().draws(Chance.Purpose.PADDING);
        ResponseStream events = new ResponseStream(
                story,
                schedule,
                Optional.of(draws).filter(any -> padded),
                () -> request.background() && StoredHandler.stopped(responses, making.id));
        return Replies.stream(exchange, events, charge(request).orElse(0), after);
    }

    private static OptionalLong charge(ResponsesRequest request) {
        Conversation said = request.ask().conversation();
        return OptionalLong.of(Quota.charge(said.characters(), said.turns().size(), said.images()));
    }

    /** One response while it is made. */
    private final class Making {
        private final Exchange exchange;
        private final ResponsesRequest request;
        private final Plan plan;
        private final ResponseIds ids;
        private final String id;
        private final Optional<ResponseFailure> failure;

        Making(Exchange exchange, ResponsesRequest request, Plan plan) {
            this.exchange = exchange;
            this.request = request;
            this.plan = plan;
            this.ids = exchange.ids().response(request.previousId());
            this.id = ids.next("resp_", exchange.seconds());
            this.failure = failures.of(exchange);
        }

        ResponseStream.Story story(long takes) {
            List<OutputItem> items = OutputItems.of(request, plan, ids, exchange.chance(), exchange.seconds(), files);
            return told(items, takes);
        }

        ResponseStream.Story finished(ResponseStream.Story draft, long takes) {
            return told(draft.items(), takes);
        }

        private ResponseStream.Story told(List<OutputItem> items, long takes) {
            long completed = exchange.seconds() + TimeUnit.NANOSECONDS.toSeconds(takes);
            ResponseHead head = new ResponseHead(id, exchange.seconds(), completed, request, exchange.azure(), failure);
            ObjectNode body = ResponseBody.of(head, plan, items);
            return new ResponseStream.Story(body, items, ResponseBody.askedTier(head), failure);
        }

        /** Remembers the response, unless it is not to be, and tells the conversation. */
        void keep(ResponseStream.Story story, long begins, List<Long> dues, long ends) {
            if (!request.store() && request.conversationId().isEmpty()) {
                return;
            }
            List<JsonNode> input = NamedItems.of(request.input(), ids, exchange.seconds());
            if (request.store()) {
                responses.put(
                        Kept.of(story, request.history(), input, begins, dues).item());
            }
            if (!request.conversationId().isEmpty()) {
                List<JsonNode> output = new ArrayList<>();
                story.finished().path("output").forEach(output::add);
                conversations.add(request.conversationId(), input, id, exchange.arrived());
                conversations.add(
                        request.conversationId(), output, id, request.background() ? ends : exchange.arrived());
            }
        }
    }
}
