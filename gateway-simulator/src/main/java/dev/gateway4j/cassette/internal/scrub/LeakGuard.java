package dev.gateway4j.cassette.internal.scrub;

import dev.gateway4j.api.SecretScanner;
import dev.gateway4j.api.openai.Redaction;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedRequest;
import dev.gateway4j.cassette.RecordedResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The last look before anything is written: finds what no scrubber should have left. Thread-safe. */
public final class LeakGuard {
    private static final int LAYERS = 3;
    private static final Set<String> NEVER =
            Set.of("openai-organization", "openai-project", "anthropic-organization-id");

    private LeakGuard() {}

    /** Where something that must not be saved stands and what kind it is, never its value; empty if nothing does. */
    public static Optional<String> find(Interaction interaction) {
        RecordedRequest request = interaction.request();
        RecordedResponse response = interaction.response();
        return url("request URL", request.url())
                .or(() -> url("request URI", request.requestUri()))
                .or(() -> text("request host", request.host()))
                .or(() -> form(request.form()))
                .or(() -> fields("request header", request.headers()))
                .or(() -> fields("request trailer", request.trailer()))
                .or(() -> body("request body", request.body().bytes(), request.headers()))
                .or(() -> fields("response header", response.headers()))
                .or(() -> fields("response trailer", response.trailer()))
                .or(() -> text("response status", response.status()))
                .or(() -> body("response body", response.body().bytes(), response.headers()))
                .or(() -> extras("request", request.extras()))
                .or(() -> extras("response", response.extras()))
                .or(() -> extras("interaction", interaction.extras()))
                .map(found -> "interaction " + interaction.id() + ", " + found);
    }

    private static Optional<String> url(String place, String url) {
        Address address = Address.of(url);
        if (address.authority().indexOf('@') >= 0) {
            return Optional.of(place + ": holds a user or password");
        }
        for (String parameter : address.query().isEmpty()
                ? new String[0]
                : address.query().substring(1).split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (Queries.isCredential(
                            Words.plain(View.percent(name, 0, name.length()).text()), value)
                    && isReal(value)) {
                return Optional.of(place + ", a parameter that is named like a credential: has a value");
            }
        }
        return text(place, address.scheme() + address.authority())
                .or(() -> text(place, address.path()))
                .or(() -> text(place, address.query()));
    }

    private static Optional<String> form(Fields form) {
        for (Map.Entry<String, List<String>> field : form.values().entrySet()) {
            boolean named = Words.isParameter(Words.plain(field.getKey()));
            for (String value : field.getValue()) {
                if (named && isReal(value)) {
                    return Optional.of("request form, a field that is named like a credential: has a value");
                }
                Optional<String> found = text("request form", field.getKey()).or(() -> text("request form", value));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fields(String place, Fields fields) {
        for (Map.Entry<String, List<String>> field : fields.values().entrySet()) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (NEVER.contains(name) || Redaction.isSecretHeader(name) || Words.isCredential(Words.plain(name))) {
                return Optional.of(place + " " + field.getKey() + ": is never saved");
            }
            for (String value : field.getValue()) {
                Optional<String> found = text(place + " " + field.getKey(), value);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> extras(String place, Extras extras) {
        return value(place + " member", new Extras.Members(extras.members()));
    }

    private static Optional<String> value(String place, Extras.Value value) {
        if (value instanceof Extras.Text text) {
            return text(place, text.text());
        }
        if (value instanceof Extras.Items items) {
            return items.items().stream()
                    .map(item -> value(place, item))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        for (Map.Entry<String, Extras.Value> member :
                ((Extras.Members) value).members().entrySet()) {
            boolean named = Words.isCredential(Words.plain(member.getKey()));
            if (named && member.getValue() instanceof Extras.Text text && isReal(text.text())) {
                return Optional.of(place + " " + member.getKey() + ": is named like a credential and has a value");
            }
            Optional<String> found = value(place + " " + member.getKey(), member.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> body(String place, byte[] body, Fields headers) {
        Packed packed = Packed.of(body, headers);
        Optional<byte[]> inflated = packed.inflated();
        return inflated.isPresent()
                ? bytes(place + ", inflated", inflated.get(), LAYERS, true)
                : packed.objection().map(why -> place + ": " + why).or(() -> bytes(place, body, LAYERS, true));
    }

    private static Optional<String> text(String place, String text) {
        return bytes(place, text.getBytes(StandardCharsets.UTF_8), LAYERS, false);
    }

    private static Optional<String> bytes(String place, byte[] bytes, int layers, boolean outermost) {
        Optional<byte[]> unzipped = Zips.unzipped(bytes);
        if (unzipped.isPresent() && layers > 0) {
            return bytes(place + ", unzipped", unzipped.get(), layers - 1, outermost);
        }
        if (Zips.isGzip(bytes)) {
            return Optional.of(
                    place + ": is gzip that is broken, cut short, too big or packed too often to be looked into");
        }
        Optional<SecretScanner.Finding> known = SecretScanner.shared().find(bytes);
        if (known.isPresent()) {
            String at = outermost ? " at byte " + known.get().offset() : "";
            return Optional.of(
                    place + at + ": holds the secret \"" + known.get().alias() + "\"");
        }
        Optional<String> text = Eraser.utf8(bytes);
        return text.isPresent()
                ? layers(place, text.get(), layers, outermost)
                : layers(place, new String(bytes, StandardCharsets.ISO_8859_1), Math.min(layers, 1), outermost);
    }

    private static Optional<String> layers(String place, String text, int layers, boolean outermost) {
        Optional<Sights.Sight> seen = Sights.in(text);
        if (seen.isPresent()) {
            int at = text.substring(0, seen.get().at()).getBytes(StandardCharsets.UTF_8).length;
            return Optional.of(place + (outermost ? " at byte " + at : "") + ": "
                    + seen.get().kind());
        }
        if (layers == 0) {
            return Optional.empty();
        }
        return unescaped(place, text, layers)
                .or(() -> percent(place, text, layers))
                .or(() -> codes(place, text, layers))
                .or(() -> deltas(place, text));
    }

    private static Optional<String> unescaped(String place, String text, int layers) {
        return first(place + ", without the escapes of JSON", Pieces.json(text), layers);
    }

    private static Optional<String> percent(String place, String text, int layers) {
        return first(place + ", without the escapes of URLs", Pieces.percent(text), layers);
    }

    private static Optional<String> first(String place, List<View> pieces, int layers) {
        return pieces.stream()
                .map(piece -> deeper(place, piece.text(), layers))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> deeper(String place, String text, int layers) {
        return SecretScanner.shared()
                .find(text.getBytes(StandardCharsets.UTF_8))
                .map(known -> place + ": holds the secret \"" + known.alias() + "\"")
                .or(() -> layers(place, text, layers - 1, false));
    }

    private static Optional<String> codes(String place, String text, int layers) {
        for (Codes.Code run : Codes.of(text)) {
            for (Codes.Code code : run.alignments()) {
                Optional<byte[]> decoded = code.decoded();
                Optional<String> found =
                        decoded.flatMap(bytes -> bytes(place + ", inside of base64", bytes, layers - 1, false));
                if (found.isPresent()) {
                    return found;
                }
                if (decoded.flatMap(Eraser::utf8).isPresent()) {
                    break;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> deltas(String place, String text) {
        if (!Deltas.isStream(text)) {
            return Optional.empty();
        }
        for (Deltas.Joined joined : Deltas.of(text)) {
            Optional<String> found = deeper(place + ", over several events", joined.text(), 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static boolean isReal(String value) {
        return !Chars.isPlaceholder(value);
    }
}
