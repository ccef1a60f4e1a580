package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.Protocol;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From YAML to a cassette. */
final class CassetteReader {
    private static final String AGAIN = "Delete the file and record it again.";

    private final Source source;

    CassetteReader(Source source) {
        this.source = source;
    }

    Cassette cassette(String name, YamlValue document) {
        if (!(document instanceof YamlValue.Members members)) {
            throw source.refuse(
                    document.line(),
                    "this is " + document.kind() + "; a cassette is a map of version and interactions. " + AGAIN);
        }
        Section root = new Section(source, "", members);
        int version = version(root);
        List<Interaction> interactions = interactions(root);
        return new Cassette(name, version, interactions, root.extras());
    }

    private static int version(Section root) {
        YamlValue version = root.need("version", "Write \"version: 2\" if go-vcr v4 wrote this file.");
        if (version instanceof YamlValue.Scalar scalar && scalar.text().equals(Integer.toString(Cassette.VERSION))) {
            return Cassette.VERSION;
        }
        String found = version instanceof YamlValue.Scalar scalar ? Source.shown(scalar.text()) : version.kind();
        throw root.refuse(
                "version", "is " + found + "; only version 2 can be read, which go-vcr v4 writes. Record it again.");
    }

    private List<Interaction> interactions(Section root) {
        YamlValue value = root.need("interactions", "Write \"interactions: []\" if there are none.");
        if (!(value instanceof YamlValue.Items list)) {
            throw root.refuse(
                    "interactions",
                    "is " + value.kind() + "; it has to be a list. Write \"interactions: []\" if there are none.");
        }
        List<Interaction> interactions = new ArrayList<>(list.values().size());
        for (YamlValue item : list.values()) {
            interactions.add(interaction(item, interactions.size()));
        }
        return interactions;
    }

    private Interaction interaction(YamlValue item, int place) {
        String path = "interactions[" + place + "]";
        if (!(item instanceof YamlValue.Members members)) {
            throw source.refuse(
                    item.line(),
                    path + " is " + item.kind()
                            + "; it has to be a map of request and response. Delete it, or record it again.");
        }
        Section section = new Section(source, path, members);
        int id = id(section, place);
        RecordedRequest request = request(section.section("request", "Delete the interaction, or record it again."));
        RecordedResponse response =
                response(section.section("response", "Delete the interaction, or record it again."));
        return new Interaction(id, request, response, section.extras());
    }

    /** Go numbers anew whenever it writes, so a wrong number does no harm. */
    private static int id(Section section, int place) {
        boolean whole = section.find("id")
                .filter(value ->
                        value instanceof YamlValue.Scalar id && id.text().matches("[0-9]{1,9}"))
                .isPresent();
        return whole ? (int) section.number("id") : place;
    }

    private static RecordedRequest request(Section section) {
        Protocol protocol = protocol(section);
        long contentLength = section.number("content_length");
        List<String> transferEncoding = section.texts("transfer_encoding");
        Fields trailer = section.fields("trailer");
        String host = section.text("host");
        String remoteAddr = section.text("remote_addr");
        String requestUri = section.text("request_uri");
        RecordedBody body = section.body("body");
        Fields form = section.fields("form");
        Fields headers = section.fields("headers");
        String url = section.needText("url", "Write the absolute URL that was called.");
        String method = section.needText("method", "Write the HTTP method, such as POST.");
        Extras extras = section.extras();
        return new RecordedRequest(
                protocol,
                contentLength,
                transferEncoding,
                trailer,
                host,
                remoteAddr,
                requestUri,
                body,
                form,
                headers,
                url,
                method,
                extras);
    }

    private static RecordedResponse response(Section section) {
        Protocol protocol = protocol(section);
        List<String> transferEncoding = section.texts("transfer_encoding");
        Fields trailer = section.fields("trailer");
        long contentLength = section.number("content_length");
        boolean uncompressed = section.flag("uncompressed");
        section.need("body", "Write \"body: ''\" if it was empty.");
        RecordedBody body = section.body("body");
        Fields headers = section.fields("headers");
        String status = section.text("status");
        section.need("code", "Write the HTTP status, such as 200.");
        int code = section.number("code", 100, 599);
        Duration duration = duration(section);
        Extras extras = section.extras();
        return new RecordedResponse(
                protocol,
                transferEncoding,
                trailer,
                contentLength,
                uncompressed,
                body,
                headers,
                status,
                code,
                duration,
                extras);
    }

    private static Protocol protocol(Section section) {
        return new Protocol(
                section.text("proto"), section.number("proto_major", 0, 99), section.number("proto_minor", 0, 99));
    }

    private static Duration duration(Section section) {
        String text = section.text("duration");
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        return GoDuration.parse(text)
                .orElseThrow(() -> section.refuse(
                        "duration",
                        "is " + Source.shown(text)
                                + "; a duration is numbers, each with its unit: ns, us, ms, s, m or h. "
                                + "Write it like 1m2.5s or 412.5ms."));
    }
}
