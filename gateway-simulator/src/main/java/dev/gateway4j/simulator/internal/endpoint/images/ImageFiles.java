package dev.gateway4j.simulator.internal.endpoint.images;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.plan.Planner;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.store.Item;
import dev.gateway4j.simulator.internal.store.Shelf;

/** Pictures that answers point to instead of holding them. */
final class ImageFiles {
    /** The path before their names. */
    static final String PATH = "/v1/images/content/";

    private static final int NAMES = 100;
    private static final int NAME_LENGTH = 24;

    private final Shelf shelf;
    private final Planner planner;

    ImageFiles(Services services) {
        this.shelf = services.state().shelf("images");
        this.planner = services.planner();
    }

    /** Keeps a picture and tells its URL. */
    String keep(Exchange exchange, int index, byte[] picture) {
        Draws draws = exchange.chance().draws(Chance.Purpose.IDS, NAMES + index);
        String name = "img-" + draws.alphanumeric(NAME_LENGTH) + ".png";
        shelf.put(
                Item.of(name, exchange.seconds(), exchange.query().objectNode()).holding(picture));
        return exchange.request().scheme() + "://" + exchange.request().authority() + PATH + name;
    }

    WireReply get(Exchange exchange) {
        String name = exchange.segmentAfter(PATH);
        byte[] picture = shelf.get(name)
                .orElseThrow(() -> ErrorKind.MEDIA_NOT_FOUND.with(name))
                .content();
        long after = planner.pace(exchange.chance()).quick();
        WireHeaders length = WireHeaders.of("content-length", Integer.toString(picture.length));
        return Replies.of(exchange, 200, "image/png", length, Frames.of(picture, exchange.arrived() + after), after);
    }
}
