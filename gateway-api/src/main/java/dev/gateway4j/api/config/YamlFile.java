package dev.gateway4j.api.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads a YAML document into a {@link Tree}. Whatever the bytes are, it ends in a tree or in problems. */
final class YamlFile {
    static final int MAX_BYTES = 1 << 20;
    static final int MAX_DEPTH = 64;

    private final ConfigFile file;
    private final Problems problems;

    private YamlFile(ConfigFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /** The document; empty if it cannot be read, which is then among the problems. A document without content is an empty section. */
    static Optional<Tree> read(ConfigFile file, Problems problems) {
        return new YamlFile(file, problems).read();
    }

    private Optional<Tree> read() {
        if (file.bytes().remaining() > MAX_BYTES) {
            return refuse(OptionalInt.empty(), "is larger than 1 MB; a configuration file is at most that long");
        }
        return text().flatMap(this::document);
    }

    private Optional<String> text() {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = file.bytes().duplicate();
        CharBuffer out = CharBuffer.allocate(file.bytes().remaining());
        if (decoder.decode(in, out, true).isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += file.bytes().get(i) == '\n' ? 1 : 0;
            }
            return refuse(OptionalInt.of(line), "is not valid UTF-8 here; save it as UTF-8");
        }
        String text = out.flip().toString();
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    private Optional<Tree> document(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new CoreSchema())
                .setLabel(file.name())
                .setCodePointLimit(MAX_BYTES)
                .setAllowNonScalarKeys(true) // refused later, with the line
                .build();
        try {
            // The composer recurses and resolves tags, so everything it should not see is turned away here, event by
            // event.
            if (!new Guard().accepts(parser(settings, text))) {
                return Optional.empty();
            }
            Origin root = new Origin("", file.name(), OptionalInt.of(1), file.base());
            return new Composer(settings, parser(settings, text))
                    .getSingleNode()
                    .map(node -> new NodeReader(problems).tree(node, root))
                    .orElseGet(() -> Optional.of(new Tree.Nothing(root)));
        } catch (MarkedYamlEngineException e) {
            return refuse(line(e.getProblemMark().or(e::getContextMark)), "is not valid YAML: " + reason(e));
        } catch (ReaderException e) {
            return refuse(lineAt(text, e.getPosition()), "is not valid YAML: a control character stands here");
        } catch (YamlEngineException e) {
            return refuse(OptionalInt.empty(), "is not valid YAML: " + e.getMessage());
        }
    }

    private static ParserImpl parser(LoadSettings settings, String text) {
        return new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static String reason(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        @Nullable String context = e.getContext();
        return context == null || context.isBlank() ? problem : context + ", " + problem;
    }

    private static OptionalInt line(Optional<Mark> mark) {
        return mark.map(m -> OptionalInt.of(m.getLine() + 1)).orElseGet(OptionalInt::empty);
    }

    private static OptionalInt lineAt(String text, int position) {
        return OptionalInt.of(
                1 + (int) text.chars().limit(position).filter(c -> c == '\n').count());
    }

    private <T> Optional<T> refuse(OptionalInt line, String message) {
        problems.add(new Origin("gateway.config", file.name(), line, file.base()), message);
        return Optional.empty();
    }

    /** Looks at the events of the parser, which does not recurse. */
    private final class Guard {
        private final Set<Anchor> anchors = new HashSet<>();
        private int depth;
        private int documents;

        boolean accepts(Iterator<Event> events) {
            while (events.hasNext()) {
                Event event = events.next();
                Optional<String> objection = objection(event);
                if (objection.isPresent()) {
                    refuse(line(event.getStartMark()), objection.get());
                    return false;
                }
            }
            return true;
        }

        private Optional<String> objection(Event event) {
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                return Optional.of("holds a second document; write one only");
            }
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                return Optional.of("is nested more than " + MAX_DEPTH + " levels deep");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            if (event instanceof AliasEvent alias && !anchors.contains(alias.getAlias())) {
                return Optional.of("holds an alias (*) without an anchor (&) above it");
            }
            if (event instanceof NodeEvent node && !(event instanceof AliasEvent)) {
                node.getAnchor().ifPresent(anchors::add);
            }
            return tagged(event) ? Optional.of("holds a tag (!); tags are not supported") : Optional.empty();
        }

        private static boolean tagged(Event event) {
            return (event instanceof ScalarEvent scalar && scalar.getTag().isPresent())
                    || (event instanceof CollectionStartEvent collection
                            && collection.getTag().isPresent());
        }
    }
}
