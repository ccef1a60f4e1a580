package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.Protocol;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.util.List;
import java.util.Map;

/** From a cassette to YAML, with the members in go-vcr's order and the extras after them. */
final class CassetteWriter {
    private static final int LIST = 4;
    private static final int INTERACTION = 6;
    private static final int MEMBER = 8;

    private final YamlWriter yaml = new YamlWriter();

    String write(Cassette cassette) {
        yaml.raw("---\n").key(0, "version").plain(Integer.toString(cassette.version()));
        yaml.key(0, "interactions");
        if (cassette.interactions().isEmpty()) {
            yaml.plain("[]");
        } else {
            yaml.raw("\n");
            for (int place = 0; place < cassette.interactions().size(); place++) {
                interaction(cassette.interactions().get(place), place);
            }
        }
        extras(0, cassette.extras());
        return yaml.toString();
    }

    private void interaction(Interaction interaction, int place) {
        yaml.pad(LIST).raw("- ").key("id").plain(Integer.toString(place));
        yaml.key(INTERACTION, "request").raw("\n");
        request(interaction.request());
        yaml.key(INTERACTION, "response").raw("\n");
        response(interaction.response());
        extras(INTERACTION, interaction.extras());
    }

    private void request(RecordedRequest request) {
        protocol(request.protocol());
        plain("content_length", Long.toString(request.contentLength()));
        listUnlessEmpty("transfer_encoding", request.transferEncoding());
        fieldsUnlessEmpty("trailer", request.trailer());
        text("host", request.host());
        textUnlessEmpty("remote_addr", request.remoteAddr());
        textUnlessEmpty("request_uri", request.requestUri());
        if (!request.body().isEmpty()) {
            body(request.body());
        }
        fieldsUnlessEmpty("form", request.form());
        fieldsUnlessEmpty("headers", request.headers());
        text("url", request.url());
        text("method", request.method());
        extras(MEMBER, request.extras());
    }

    private void response(RecordedResponse response) {
        protocol(response.protocol());
        listUnlessEmpty("transfer_encoding", response.transferEncoding());
        fieldsUnlessEmpty("trailer", response.trailer());
        plain("content_length", Long.toString(response.contentLength()));
        if (response.uncompressed()) {
            plain("uncompressed", "true");
        }
        body(response.body());
        yaml.key(MEMBER, "headers").lists(MEMBER, response.headers().values());
        text("status", response.status());
        plain("code", Integer.toString(response.code()));
        plain("duration", GoDuration.print(response.duration()));
        extras(MEMBER, response.extras());
    }

    private void protocol(Protocol protocol) {
        text("proto", protocol.name());
        plain("proto_major", Integer.toString(protocol.major()));
        plain("proto_minor", Integer.toString(protocol.minor()));
    }

    private void body(RecordedBody body) {
        yaml.key(MEMBER, "body");
        body.text().ifPresentOrElse(text -> yaml.text(MEMBER, text), () -> yaml.binary(MEMBER, body.bytes()));
    }

    private void plain(String name, String value) {
        yaml.key(MEMBER, name).plain(value);
    }

    private void text(String name, String value) {
        yaml.key(MEMBER, name).text(MEMBER, value);
    }

    private void textUnlessEmpty(String name, String value) {
        if (!value.isEmpty()) {
            text(name, value);
        }
    }

    private void listUnlessEmpty(String name, List<String> values) {
        if (!values.isEmpty()) {
            yaml.key(MEMBER, name).texts(MEMBER, values);
        }
    }

    private void fieldsUnlessEmpty(String name, Fields fields) {
        if (!fields.isEmpty()) {
            yaml.key(MEMBER, name).lists(MEMBER, fields.values());
        }
    }

    private void extras(int column, Extras extras) {
        members(column, extras.members(), false);
    }

    private void members(int column, Map<String, Extras.Value> members, boolean begun) {
        boolean inLine = begun;
        for (Map.Entry<String, Extras.Value> member : members.entrySet()) {
            yaml.pad(inLine ? 0 : column).key(member.getKey());
            value(column, member.getValue());
            inLine = false;
        }
    }

    private void items(int column, List<Extras.Value> items, boolean begun) {
        boolean inLine = begun;
        for (Extras.Value item : items) {
            yaml.pad(inLine ? 0 : column).raw("-");
            item(column, item);
            inLine = false;
        }
    }

    private void value(int column, Extras.Value value) {
        if (value instanceof Extras.Items list && !list.items().isEmpty()) {
            yaml.raw("\n");
            items(YamlWriter.inside(column), list.items(), false);
        } else if (value instanceof Extras.Members map && !map.members().isEmpty()) {
            yaml.raw("\n");
            members(YamlWriter.inside(column), map.members(), false);
        } else {
            single(column, value);
        }
    }

    private void item(int column, Extras.Value item) {
        if (item instanceof Extras.Items list && !list.items().isEmpty()) {
            yaml.raw(" ");
            items(column + 2, list.items(), true);
        } else if (item instanceof Extras.Members map && !map.members().isEmpty()) {
            yaml.raw(" ");
            members(column + 2, map.members(), true);
        } else {
            single(column, item);
        }
    }

    private void single(int column, Extras.Value value) {
        if (value instanceof Extras.Text text) {
            if (text.plain() && text.text().isEmpty()) {
                yaml.raw("\n");
            } else if (text.plain()) {
                yaml.plain(Scalars.plainIfPossible(text.text()));
            } else {
                yaml.quoted(column, text.text());
            }
        } else {
            yaml.plain(value instanceof Extras.Items ? "[]" : "{}");
        }
    }
}
