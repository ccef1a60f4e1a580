package dev.gateway4j.cassette.internal.match;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document in one spelling: two are equal, under decision of the rules, exactly if their spellings are. Members are sorted, the last
 * of a name counts, numbers are doubles. What a rule ignores is left out; what another rule is about is a blank.
 */
final class Canonical {
    private static final String MODEL = "model";
    private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

    private final JsonParser json;
    private final BodyRules rules;
    private final Bytes out;
    private final List<Member> members = new ArrayList<>();
    private @Nullable String model;

    private Canonical(JsonParser json, BodyRules rules, int size) {
        this.json = json;
        this.rules = rules;
        this.out = new Bytes(size);
    }

    /** A document in its one spelling, and the model it names. */
    static final class Spelling {
        private final byte[] bytes;
        private final Optional<String> model;

        Spelling(byte[] bytes, Optional<String> model) {
            this.bytes = bytes;
            this.model = model;
        }

        /** Not to be modified. */
        byte[] bytes() {
            return bytes;
        }

        Optional<String> model() {
            return model;
        }
    }

    private record Member(String name, int from, int to) {}

    /**
     * The spelling of a document; empty if it is not one JSON value, nests too deep, or has a number that no double can hold.
     *
     * @param otherwise the model that counts if the document is an object and names none
     */
    static Optional<Spelling> of(byte[] body, BodyRules rules, Optional<String> otherwise) {
        if (!Trees.mayBegin(body)) {
            return Optional.empty(); // spares the exception
        }
        try (JsonParser json = Trees.parser(body)) {
            Canonical canonical = new Canonical(json, rules, body.length + body.length / 4);
            canonical.document(otherwise);
            return Optional.of(new Spelling(canonical.out.from(0), Optional.ofNullable(canonical.model)));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private void document(Optional<String> otherwise) throws IOException {
        JsonToken first = json.nextToken();
        if (first == JsonToken.START_OBJECT) {
            root(otherwise);
        } else {
            value(first, rules.root());
        }
        if (json.nextToken() != null) {
            throw new IOException("something follows the document");
        }
    }

    private void root(Optional<String> otherwise) throws IOException {
        out.put('{');
        int start = out.length();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (name.equals(MODEL)) {
                model = token == JsonToken.VALUE_STRING && json.getTextLength() > 0 ? json.getText() : null;
            }
            member(name, token, rules.root());
        }
        if (model == null && otherwise.isPresent()) {
            List<BodyRules.Place> at = BodyRules.below(rules.root(), MODEL);
            if (!BodyRules.ignored(at)) {
                int from = out.length();
                out.text(MODEL);
                if (BodyRules.checked(at)) {
                    out.put('b');
                } else {
                    out.put('s');
                    out.text(otherwise.get());
                }
                members.add(new Member(MODEL, from, out.length()));
            }
        }
        sort(start, 0);
        out.put('}');
    }

    private void value(@Nullable JsonToken token, List<BodyRules.Place> at) throws IOException {
        if (token == null) {
            throw new IOException("the document ends early");
        }
        if (BodyRules.checked(at)) {
            json.skipChildren();
            out.put('b');
            return;
        }
        switch (token) {
            case START_OBJECT -> object(at);
            case START_ARRAY -> array(at);
            case VALUE_STRING -> {
                out.put('s');
                out.text(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getDoubleValue());
            case VALUE_TRUE -> out.put('t');
            case VALUE_FALSE -> out.put('f');
            default -> out.put('n');
        }
    }

    private void number(double value) throws IOException {
        if (Double.isInfinite(value)) {
            throw new IOException("no double holds that number");
        }
        out.put('d');
        out.put(Double.doubleToLongBits(value + 0.0)); // makes 0 of -0
    }

    private void array(List<BodyRules.Place> at) throws IOException {
        out.put('[');
        int end = out.length();
        int index = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            List<BodyRules.Place> here = BodyRules.below(at, index++);
            if (BodyRules.ignored(here)) {
                json.skipChildren();
                out.put('i');
            } else {
                value(token, here);
                end = out.length();
            }
        }
        out.cutTo(end); // what is ignored at the end may as well be absent
        out.put(']');
    }

    private void object(List<BodyRules.Place> at) throws IOException {
        out.put('{');
        int start = out.length();
        int first = members.size();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            member(name, json.nextToken(), at);
        }
        sort(start, first);
        out.put('}');
    }

    private void member(String name, @Nullable JsonToken token, List<BodyRules.Place> parent) throws IOException {
        List<BodyRules.Place> at = BodyRules.below(parent, name);
        if (BodyRules.ignored(at)) {
            json.skipChildren();
            return;
        }
        int from = out.length();
        out.text(name);
        value(token, at);
        members.add(new Member(name, from, out.length()));
    }

    /** Puts the members that were written since {@code start} in order, the last of each name only. */
    private void sort(int start, int first) {
        List<Member> mine = members.subList(first, members.size());
        if (!sorted(mine)) {
            byte[] written = out.from(start);
            mine.sort(BY_NAME);
            out.cutTo(start);
            for (int i = 0; i < mine.size(); i++) {
                Member member = mine.get(i);
                boolean repeated = i + 1 < mine.size() && mine.get(i + 1).name().equals(member.name());
                if (!repeated) {
                    out.put(written, member.from() - start, member.to() - start);
                }
            }
        }
        mine.clear();
    }

    private static boolean sorted(List<Member> members) {
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i - 1).name().compareTo(members.get(i).name()) >= 0) {
                return false;
            }
        }
        return true;
    }
}
