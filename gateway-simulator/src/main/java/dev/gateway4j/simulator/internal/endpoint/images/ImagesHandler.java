package dev.gateway4j.simulator.internal.endpoint.images;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import dev.gateway4j.simulator.internal.endpoint.moderation.Judge;
import dev.gateway4j.simulator.internal.http.EventList;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.http.Form;
import dev.gateway4j.simulator.internal.http.Quota;
import dev.gateway4j.simulator.internal.http.Replies;
import dev.gateway4j.simulator.internal.http.Services;
import dev.gateway4j.simulator.internal.media.Picture;
import dev.gateway4j.simulator.internal.media.PictureFormat;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import dev.gateway4j.simulator.internal.request.ImageRequest;
import dev.gateway4j.simulator.internal.timing.Pace;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/images/…}: generations, edits and variations. */
final class ImagesHandler {
    private static final int REQUEST_UUID = 50;
    private static final double REFUSED = 0.5;
    private static final double REFUSED_WHEN_LOW = 0.9;
    private static final List<String> SHOWN =
            List.of("sexual", "sexual/minors", "violence/graphic", "hate", "self-harm");

    private final Services services;
    private final ImageFiles files;
    private final Sources sources;

    ImagesHandler(Services services) {
        this.services = services;
        this.files = new ImageFiles(services);
        this.sources = new Sources(services.state().shelf("files"));
    }

    WireReply generate(Exchange exchange) {
        ImageRequest request = ImageRequest.read(
                ImageRequest.Kind.GENERATION,
                ImageRequest.body(exchange.request().body()),
                exchange.path().deployment());
        return answer(exchange, request, List.of(), "image_generation");
    }

    WireReply edit(Exchange exchange) {
        Optional<Form> form = form(exchange);
        if (form.isPresent()) {
            ImageRequest request = ImageRequest.read(
                    ImageRequest.Kind.EDIT,
                    ImageRequest.Kind.EDIT.fromForm(form.get().fields()),
                    exchange.path().deployment());
            return answer(exchange, request, Sources.of(form.get()), "image_edit");
        }
        ImageRequest request = ImageRequest.read(
                ImageRequest.Kind.EDIT,
                ImageRequest.body(exchange.request().body()),
                exchange.path().deployment());
        return answer(exchange, request, sources.of(request.body()), "image_edit");
    }

    WireReply vary(Exchange exchange) {
        Form form = form(exchange).orElseThrow(ErrorKind.NO_FORM::with);
        ImageRequest request = ImageRequest.read(
                ImageRequest.Kind.VARIATION,
                ImageRequest.Kind.VARIATION.fromForm(form.fields()),
                exchange.path().deployment());
        return answer(exchange, request, Sources.of(form), "image_edit");
    }

    private WireReply answer(Exchange exchange, ImageRequest request, List<Source> given, String event) {
        Pace pace = services.planner().pace(exchange.chance());
        List<String> refused = Judge.raised(request.prompt(), request.lowModeration() ? REFUSED_WHEN_LOW : REFUSED);
        List<String> shown = SHOWN.stream().filter(refused::contains).toList();
        if (!shown.isEmpty()) {
            byte[] body = ImagesBody.blocked(uuid(exchange), shown);
            long due = exchange.arrived() + pace.quick();
            return Replies.of(
                    exchange, 400, "application/json", WireHeaders.empty(), Frames.of(body, due), pace.quick());
        }
        List<Picture> pictures = pictures(request, given);
        ImageUsage usage = ImageUsage.of(request, given, services.tokens());
        if (request.stream()) {
            return stream(exchange, request, event, pictures, usage);
        }
        byte[] body = request.gpt()
                ? ImagesBody.of(request, exchange.seconds(), encoded(request, pictures), usage)
                : ImagesBody.ofDallE(request, exchange.seconds(), delivered(exchange, request, pictures));
        long due = exchange.arrived() + pace.quick();
        return Replies.of(exchange, 200, "application/json", limits(exchange), Frames.of(body, due), pace.quick());
    }

    private WireReply stream(
            Exchange exchange, ImageRequest request, String event, List<Picture> pictures, ImageUsage usage) {
        Pace pace = services.planner().pace(exchange.chance());
        long after = pace.headers();
        long step = (pace.quick() - after) / (1 + (long) request.partials() * request.count());
        EventList events = new EventList(exchange.arrived() + after);
        for (Picture picture : pictures) {
            for (int i = 0; i < request.partials(); i++) {
                String type = event + ".partial_image";
                String encoded = encoded(request, picture.unfinished(i));
                events.later(Math.max(0, step))
                        .event(type, ImagesBody.partial(type, request, exchange.seconds(), encoded, i));
            }
            String type = event + ".completed";
            String encoded = encoded(request, picture);
            events.later(Math.max(0, step))
                    .event(type, ImagesBody.completed(type, request, exchange.seconds(), encoded, usage));
        }
        return Replies.of(exchange, 200, "text/event-stream; charset=utf-8", limits(exchange), events.end(), after);
    }

    private static WireHeaders limits(Exchange exchange) {
        return exchange.azure() ? WireHeaders.empty() : Quota.requestsOnly();
    }

    private static List<Picture> pictures(ImageRequest request, List<Source> given) {
        StringBuilder subject = new StringBuilder(request.prompt());
        given.forEach(source -> subject.append('\0').append(source.content()));
        List<Picture> pictures = new ArrayList<>();
        for (int i = 0; i < request.count(); i++) {
            Fingerprint fingerprint = Fingerprint.of(subject.toString(), Integer.toString(i));
            pictures.add(Picture.of(fingerprint, request.width(), request.height(), request.transparent()));
        }
        return pictures;
    }

    private List<String> delivered(Exchange exchange, ImageRequest request, List<Picture> pictures) {
        if (!request.byUrl()) {
            return encoded(request, pictures);
        }
        List<String> urls = new ArrayList<>();
        for (Picture picture : pictures) {
            urls.add(files.keep(exchange, urls.size(), PictureFormat.PNG.bytes(picture)));
        }
        return urls;
    }

    private static List<String> encoded(ImageRequest request, List<Picture> pictures) {
        return pictures.stream().map(picture -> encoded(request, picture)).toList();
    }

    private static String encoded(ImageRequest request, Picture picture) {
        return Base64.getEncoder()
                .encodeToString(PictureFormat.of(request.format()).bytes(picture));
    }

    private static Optional<Form> form(Exchange exchange) {
        String type = exchange.request().headers().first("content-type").orElse("");
        return Form.read(type, exchange.request().body());
    }

    private static String uuid(Exchange exchange) {
        Draws draws = exchange.chance().draws(Chance.Purpose.IDS, REQUEST_UUID);
        return String.join("-", draws.hex(8), draws.hex(4), "4" + draws.hex(3), "a" + draws.hex(3), draws.hex(12));
    }
}
