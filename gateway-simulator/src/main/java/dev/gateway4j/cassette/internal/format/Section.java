package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.CassetteException;
import dev.gateway4j.cassette.Extras;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.RecordedBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A map of the format, asked for its members one by one; what nobody asked for are the extras. */
final class Section {
    private final Source source;
    private final String path;
    private final YamlValue.Members members;
    private final Set<String> asked = new HashSet<>();

    Section(Source source, String path, YamlValue.Members members) {
        this.source = source;
        this.path = path;
        this.members = members;
    }

    /** The value of this name; empty if it is missing, or nothing. */
    Optional<YamlValue> find(String name) {
        asked.add(name);
        return Optional.ofNullable(members.values().get(name)).filter(value -> !value.isNothing());
    }

    /** The value of this name, whatever it is. */
    YamlValue need(String name, String way) {
        asked.add(name);
        YamlValue value = members.values().get(name);
        if (value == null) {
            throw source.refuse(members.line(), place(name) + " is missing; it has to be there. " + way);
        }
        return value;
    }

    /** The map of this name. */
    Section section(String name, String way) {
        YamlValue value = need(name, way);
        if (value instanceof YamlValue.Members map) {
            return new Section(source, place(name), map);
        }
        throw wrong(value, place(name), "a map", way);
    }

    /** The text of this name; empty if it is missing. */
    String text(String name) {
        return find(name).map(value -> text(value, place(name))).orElse("");
    }

    /** The text of this name, which has to be there. */
    String needText(String name, String way) {
        String text = text(need(name, way), place(name));
        if (text.isEmpty()) {
            throw source.refuse(members.line(), place(name) + " is empty; it has to be there. " + way);
        }
        return text;
    }

    /** The whole number of this name; 0 if it is missing. */
    long number(String name) {
        return find(name).map(value -> number(value, place(name))).orElse(0L);
    }

    /** The whole number of this name between these two; 0 if it is missing. */
    int number(String name, int from, int to) {
        Optional<YamlValue> value = find(name);
        long number = value.map(found -> number(found, place(name))).orElse(0L);
        if (value.isPresent() && (number < from || number > to)) {
            throw source.refuse(
                    value.get().line(),
                    place(name) + " is " + number + "; it is " + from + " to " + to
                            + ". Write down what was received.");
        }
        return (int) number;
    }

    /** True if the member of this name says so. */
    boolean flag(String name) {
        Optional<YamlValue> value = find(name);
        if (value.isEmpty()) {
            return false;
        }
        String text = text(value.get(), place(name));
        boolean yes = Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y")
                .contains(text);
        if (!yes
                && !Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N")
                        .contains(text)) {
            throw source.refuse(
                    value.get().line(),
                    place(name) + " is " + Source.shown(text) + "; it is true or false. Write one.");
        }
        return yes;
    }

    /** The texts of the list of this name; none if it is missing. */
    List<String> texts(String name) {
        return find(name).map(value -> texts(value, place(name))).orElse(List.of());
    }

    /** The lists of texts of the map of this name; none if it is missing. */
    Fields fields(String name) {
        Optional<YamlValue> value = find(name);
        if (value.isEmpty()) {
            return Fields.none();
        }
        if (!(value.get() instanceof YamlValue.Members map)) {
            throw wrong(value.get(), place(name), "a map of lists", "Write \"NAME: [VALUE]\" under it.");
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        map.values()
                .forEach((field, list) ->
                        fields.put(field, list.isNothing() ? List.of() : texts(list, place(name) + "." + field)));
        return new Fields(fields);
    }

    /** The bytes of the member of this name; none if it is missing. */
    RecordedBody body(String name) {
        Optional<YamlValue> value = find(name);
        if (value.isEmpty()) {
            return RecordedBody.empty();
        }
        if (!(value.get() instanceof YamlValue.Scalar scalar)) {
            throw wrong(value.get(), place(name), "a text", "Write it as a block, |-, or quote it.");
        }
        return scalar.binary() ? RecordedBody.of(bytes(scalar, place(name))) : RecordedBody.of(scalar.text());
    }

    /** All members that nobody asked for. */
    Extras extras() {
        Map<String, Extras.Value> extras = new LinkedHashMap<>();
        members.values().forEach((name, value) -> {
            if (!asked.contains(name)) {
                extras.put(name, extra(value));
            }
        });
        return Extras.of(extras);
    }

    /** A complaint about the value of this name. */
    CassetteException refuse(String name, String complaint) {
        YamlValue value = members.values().get(name);
        return source.refuse(value == null ? members.line() : value.line(), place(name) + " " + complaint);
    }

    private static Extras.Value extra(YamlValue value) {
        if (value instanceof YamlValue.Items list) {
            return new Extras.Items(list.values().stream().map(Section::extra).toList());
        }
        if (value instanceof YamlValue.Members map) {
            Map<String, Extras.Value> members = new LinkedHashMap<>();
            map.values().forEach((name, member) -> members.put(name, extra(member)));
            return new Extras.Members(members);
        }
        YamlValue.Scalar scalar = (YamlValue.Scalar) value;
        return new Extras.Text(scalar.text(), scalar.plain());
    }

    private List<String> texts(YamlValue value, String place) {
        if (!(value instanceof YamlValue.Items list)) {
            throw wrong(value, place, "a list of texts", "Write \"- VALUE\", a line for each.");
        }
        List<String> texts = new ArrayList<>(list.values().size());
        for (YamlValue item : list.values()) {
            texts.add(text(item, place + "[" + texts.size() + "]"));
        }
        return texts;
    }

    private String text(YamlValue value, String place) {
        if (!(value instanceof YamlValue.Scalar scalar)) {
            throw wrong(value, place, "a text", "Write one value, or quote it.");
        }
        return scalar.binary()
                ? RecordedBody.of(bytes(scalar, place)).text().orElseGet(() -> latin1(scalar, place))
                : scalar.text();
    }

    private String latin1(YamlValue.Scalar scalar, String place) {
        return new String(bytes(scalar, place), StandardCharsets.ISO_8859_1);
    }

    private byte[] bytes(YamlValue.Scalar scalar, String place) {
        try {
            return Base64Lines.decode(scalar.text());
        } catch (IllegalArgumentException e) {
            throw source.refuse(
                    scalar.line(),
                    place
                            + " is !!binary and no base64; it is letters, digits, + and /, filled up with = to a multiple of "
                            + "four. Record it again.",
                    e);
        }
    }

    private long number(YamlValue value, String place) {
        String text = text(value, place);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw source.refuse(
                    value.line(), place + " is " + Source.shown(text) + "; it is a whole number. Write one.", e);
        }
    }

    private CassetteException wrong(YamlValue value, String place, String kind, String way) {
        return source.refuse(value.line(), place + " is " + value.kind() + "; it has to be " + kind + ". " + way);
    }

    private String place(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
