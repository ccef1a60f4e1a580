package dev.gateway4j.cassette.internal.care;

import dev.gateway4j.api.call.Cost;
import dev.gateway4j.api.call.Usage;
import dev.gateway4j.api.openai.AnswerReader;
import dev.gateway4j.api.openai.Endpoint;
import dev.gateway4j.api.spi.PriceBook;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.time.Instant;
import java.util.Optional;

/** What an answer tells about itself: usage, model, and whether it is whole. */
record Answered(Optional<Usage> usage, Optional<String> model, boolean truncated) {
    static Answered of(RecordedRequest request, RecordedResponse response) {
        boolean stream = MediaType.of(response.headers()).isEventStream();
        AnswerReader reader = AnswerReader.forBody(Endpoint.of(Urls.path(request.url())), stream);
        reader.feed(response.body().bytes(), 0, response.body().length());
        reader.finish();
        boolean truncated = stream && reader.tracksCompletion() && !reader.complete();
        return new Answered(reader.usage(), reader.model(), truncated);
    }

    /** What this usage costs at the model that answered or, if the answer names none, at the one that was asked. */
    Cost cost(PriceBook prices, Optional<String> asked, Usage used, Instant at) {
        return model.or(() -> asked)
                .map(name -> prices.price(name, used, at))
                .orElseGet(() -> new Cost.Unknown("neither request nor answer names a model"));
    }
}
