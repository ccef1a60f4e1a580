package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.CassetteException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads one YAML document into values, within bounds. Whatever the bytes are, it ends in a value or in a {@link CassetteException}. */
final class YamlReader {
    static final int MAX_DEPTH = 32;
    /** How many characters and values aliases may add to what stands in the file. */
    static final long MAX_ALIASED = 10_000_000;

    /** How many characters may be read again for rare escapes. */
    private static final long PATIENCE = 1L << 28;

    private static final String BINARY = "tag:yaml.org,2002:binary";
    private static final Set<String> TAGS = Set.of(
            BINARY,
            "!",
            "tag:yaml.org,2002:str",
            "tag:yaml.org,2002:int",
            "tag:yaml.org,2002:float",
            "tag:yaml.org,2002:bool",
            "tag:yaml.org,2002:null",
            "tag:yaml.org,2002:timestamp",
            "tag:yaml.org,2002:seq",
            "tag:yaml.org,2002:map");
    private static final int MAX_WINDOW = 4 * 1024 * 1024;

    private final Source source;
    private final GoLineBreaks lineBreaks;
    private final ParserImpl events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private long size;
    private long aliased;

    private YamlReader(Source source, String text) {
        this.source = source;
        this.lineBreaks = new GoLineBreaks(text);
        LoadSettings settings = settings(text.length());
        this.events = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /** The library copies what it has of a line with every window it adds: a picture in one line wants one large window. */
    private static LoadSettings settings(int length) {
        return LoadSettings.builder()
                .setLabel("cassette")
                .setCodePointLimit(Integer.MAX_VALUE) // the bytes are counted before
                .setBufferSize(Math.min(length + 1, MAX_WINDOW))
                .build();
    }

    /** The document. */
    static YamlValue read(Source source, byte[] yaml) {
        CassetteFormat.objection(yaml.length).ifPresent(complaint -> {
            throw source.refuse(complaint);
        });
        String text = decode(source, yaml);
        long patience = PATIENCE;
        while (true) {
            try {
                return new YamlReader(source, text).document();
            } catch (MarkedYamlEngineException e) {
                patience -= text.length();
                Optional<String> respelt = patience < 0 ? Optional.empty() : RareEscapes.respelt(text, e);
                text = respelt.orElseThrow(() -> invalid(source, line(e), reason(e), e));
            } catch (ReaderException e) {
                throw invalid(source, lineAt(text, e.getPosition()), "a control character stands here", e);
            } catch (YamlEngineException | IllegalArgumentException e) { // the latter for escapes beyond Unicode
                throw invalid(source, 1, String.valueOf(e.getMessage()), e);
            }
        }
    }

    private static int line(MarkedYamlEngineException e) {
        return e.getProblemMark().or(e::getContextMark).map(Mark::getLine).orElse(0) + 1;
    }

    private static CassetteException invalid(Source source, int line, String reason, RuntimeException cause) {
        return source.refuse(
                line, "this is no YAML: " + reason + ". Mend it, or delete the file and record it again.", cause);
    }

    private static String reason(MarkedYamlEngineException e) {
        @Nullable String context = e.getContext();
        return context == null || context.isBlank() ? e.getProblem() : context + ", " + e.getProblem();
    }

    private static String decode(Source source, byte[] yaml) {
        ByteBuffer in = ByteBuffer.wrap(yaml);
        CharBuffer out = CharBuffer.allocate(yaml.length);
        boolean broken = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true)
                .isError();
        String text = out.flip().toString();
        if (broken) {
            throw source.refuse(
                    lineAt(text, text.length()),
                    "this is not UTF-8; a cassette is, and holds other bytes as !!binary. Save the file as UTF-8.");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static int lineAt(String text, int position) {
        return 1 + (int) text.chars().limit(position).filter(c -> c == '\n').count();
    }

    private YamlValue document() {
        events.next(); // the beginning of the stream
        if (events.next().getEventId() == Event.ID.StreamEnd) {
            throw empty();
        }
        YamlValue document = value(events.next(), 0);
        events.next(); // the end of the document
        Event after = events.next();
        if (after.getEventId() != Event.ID.StreamEnd) {
            throw source.refuse(
                    line(after),
                    "a second document begins; a cassette is one. Put each document into a file of its own.");
        }
        if (document.isNothing()) {
            throw empty();
        }
        return document;
    }

    private CassetteException empty() {
        return source.refuse("is empty; a cassette says at least \"version: 2\" and \"interactions: []\". "
                + "Delete the file and record it again.");
    }

    private YamlValue value(Event event, int depth) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }
        long before = size++;
        YamlValue value = event instanceof ScalarEvent scalar ? scalar(scalar) : collection(event, depth + 1);
        ((NodeEvent) event).getAnchor().ifPresent(anchor -> anchors.put(anchor, new Anchored(value, size - before)));
        return value;
    }

    private YamlValue aliased(AliasEvent alias) {
        Anchored anchored = anchors.get(alias.getAlias());
        if (anchored == null) {
            throw source.refuse(
                    line(alias),
                    "*" + alias.getAlias()
                            + " names nothing that is complete above it; an alias repeats an anchor such as &"
                            + alias.getAlias() + ". Write the value out.");
        }
        size += anchored.size;
        aliased += anchored.size;
        if (aliased > MAX_ALIASED) {
            throw source.refuse(
                    line(alias),
                    "aliases repeat more than " + MAX_ALIASED + " characters; that is the most. Write the values out.");
        }
        return anchored.value;
    }

    private YamlValue scalar(ScalarEvent scalar) {
        String tag = tag(scalar, scalar.getTag().orElse(null));
        String value = scalar.getScalarStyle() == ScalarStyle.LITERAL ? lineBreaks.mended(scalar) : scalar.getValue();
        size += value.length();
        return new YamlValue.Scalar(value, scalar.isPlain() && tag.isEmpty(), BINARY.equals(tag), line(scalar));
    }

    private YamlValue collection(Event start, int depth) {
        if (depth > MAX_DEPTH) {
            throw source.refuse(
                    line(start),
                    "this is nested more than " + MAX_DEPTH + " levels deep, the most there may be. Flatten it.");
        }
        tag(
                start,
                start instanceof CollectionStartEvent collection
                        ? collection.getTag().orElse(null)
                        : null);
        return start.getEventId() == Event.ID.SequenceStart ? items(start, depth) : members(start, depth);
    }

    private String tag(Event event, @Nullable String tag) {
        if (tag != null && !TAGS.contains(tag)) {
            throw source.refuse(
                    line(event),
                    "the tag " + tag + " is not part of the format; !!binary is the only one. Take it away.");
        }
        return tag == null ? "" : tag;
    }

    private YamlValue items(Event start, int depth) {
        List<YamlValue> items = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            items.add(value(event, depth));
        }
        return new YamlValue.Items(items, line(start));
    }

    private YamlValue members(Event start, int depth) {
        Map<String, YamlValue> members = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            YamlValue key = value(event, depth);
            if (!(key instanceof YamlValue.Scalar name)) {
                throw source.refuse(line(event), key.kind() + " stands for a name; a name is a text. Quote it.");
            }
            if (members.put(name.text(), value(events.next(), depth)) != null) {
                throw source.refuse(
                        line(event),
                        Source.shown(name.text()) + " stands here a second time; a name is there once. "
                                + "Delete one of them.");
            }
        }
        return new YamlValue.Members(members, line(start));
    }

    private static int line(Event event) {
        return event.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    /** What an anchor names, and how much it is. */
    private record Anchored(YamlValue value, long size) {}
}
