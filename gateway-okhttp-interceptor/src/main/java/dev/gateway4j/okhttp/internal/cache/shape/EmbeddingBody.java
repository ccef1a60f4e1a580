package dev.gateway4j.okhttp.internal.cache.shape;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bytes of an answer with embeddings, and where in them everything stands. */
final class EmbeddingBody {
    /** An embedding: where its object stands, and in that the number of its input. */
    record Embedding(int start, int end, int indexStart, int indexEnd, int index) {}

    /** A number in the usage: where it stands. */
    private record Place(String path, int start, int end) {}

    private final byte[] body;
    private final List<Embedding> embeddings = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final Map<String, BigDecimal> usage = new LinkedHashMap<>();
    private int dataStart;
    private int dataEnd;
    private boolean dataClosed;
    private String model = "";

    private EmbeddingBody(byte[] body) {
        this.body = body;
    }

    /** Reads an answer; empty unless it has exactly one embedding for each number from 0 on, and numbers that can be shared out. */
    static Optional<EmbeddingBody> of(byte[] bytes) throws IOException {
        EmbeddingBody body = new EmbeddingBody(bytes);
        Optional<Members> members = Members.of(bytes);
        if (members.isEmpty()) {
            return Optional.empty();
        }
        for (Members.Member member : members.get().all()) {
            body.member(member);
        }
        return body.isWhole() ? Optional.of(body) : Optional.empty();
    }

    private void member(Members.Member member) throws IOException {
        switch (member.name()) {
            case "data" -> data(member);
            case "usage" -> usage(member);
            case "model" -> model = text(member.start(), member.end());
            default -> {
                // stays as it is
            }
        }
    }

    private void data(Members.Member member) throws IOException {
        dataStart = member.start();
        dataEnd = member.end();
        try (JsonParser json = Json.parser(body, dataStart, dataEnd - dataStart)) {
            json.nextToken();
            JsonToken token = json.nextToken();
            for (; token == JsonToken.START_OBJECT; token = json.nextToken()) {
                int start = dataStart + Json.start(json);
                Optional<Members.Member> index = Members.of(json).find("index");
                int end = dataStart + (int) json.currentLocation().getByteOffset();
                embeddings.add(embedding(start, end, index));
            }
            dataClosed = token == JsonToken.END_ARRAY;
        }
    }

    private Embedding embedding(int start, int end, Optional<Members.Member> index) {
        if (index.isEmpty() || index.get().kind() != JsonToken.VALUE_NUMBER_INT) {
            return new Embedding(start, end, 0, 0, -1);
        }
        int from = dataStart + index.get().start();
        int to = dataStart + index.get().end();
        String digits = text(from, to);
        return new Embedding(start, end, from, to, digits.length() > 9 ? -1 : Integer.parseInt(digits));
    }

    private void usage(Members.Member member) throws IOException {
        try (JsonParser json = Json.parser(body, member.start(), member.end() - member.start())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isNumeric()) {
                    String path =
                            json.getParsingContext().pathAsPointer().toString().substring(1);
                    int start = member.start() + Json.start(json);
                    places.add(new Place(path, start, member.start() + Json.skip(json)));
                    usage.put(path, new BigDecimal(json.getText()));
                }
            }
        }
    }

    private String text(int from, int to) {
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private boolean isWhole() {
        embeddings.sort(Comparator.comparingInt(Embedding::index));
        for (int i = 0; i < embeddings.size(); i++) {
            if (embeddings.get(i).index() != i) {
                return false;
            }
        }
        return dataClosed && !embeddings.isEmpty() && usage.values().stream().allMatch(Shares::isModest);
    }

    /** The embeddings, in the order of their numbers. */
    List<Embedding> embeddings() {
        return embeddings;
    }

    /** The model, as it is spelled; empty if it is not said. */
    String model() {
        return model;
    }

    /** The numbers in the usage, each by its path, such as {@code prompt_tokens}. */
    Map<String, BigDecimal> usage() {
        return usage;
    }

    /** The object of an embedding, with another number. */
    byte[] embedding(int which, int number) {
        Embedding embedding = embeddings.get(which);
        ByteArrayOutputStream out = new ByteArrayOutputStream(embedding.end() - embedding.start() + 4);
        out.write(body, embedding.start(), embedding.indexStart() - embedding.start());
        out.writeBytes(EmbeddingBatch.ascii(Integer.toString(number)));
        out.write(body, embedding.indexEnd(), embedding.end() - embedding.indexEnd());
        return out.toByteArray();
    }

    /** The same answer with other embeddings and other numbers in its usage. */
    byte[] with(List<byte[]> others, Map<String, BigDecimal> numbers) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change(dataStart, dataEnd, array(others)));
        for (Place place : places) {
            BigDecimal number = numbers.getOrDefault(place.path(), BigDecimal.ZERO);
            changes.add(new Change(place.start(), place.end(), EmbeddingBatch.ascii(number.toString())));
        }
        changes.sort(Comparator.comparingInt(Change::from));
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        int at = 0;
        for (Change change : changes) {
            out.write(body, at, change.from() - at);
            out.writeBytes(change.bytes());
            at = change.to();
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    private static byte[] array(List<byte[]> elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(elements.get(i));
        }
        out.write(']');
        return out.toByteArray();
    }

    @SuppressWarnings("ArrayRecordComponent") // consumed at once, never compared
    private record Change(int from, int to, byte[] bytes) {}
}
