package dev.gateway4j.cassette.internal.format;

import dev.gateway4j.cassette.Cassette;
import dev.gateway4j.cassette.CassetteException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Replaces interactions in the text of a cassette and leaves every other line as it is, whoever wrote it. */
public final class CassetteSplice {
    private static final String LIST = "interactions:";

    private CassetteSplice() {}

    /**
     * The text of the cassette with these interactions in the place of what stands there.
     *
     * @param yaml the text as it is
     * @param wanted the cassette as it is to be
     * @param places which of its interactions differ from the text
     * @return text that reads as {@code wanted}; the whole cassette written anew where the text is laid out in a way that cannot be cut
     */
    public static byte[] replace(byte[] yaml, Cassette wanted, Set<Integer> places) {
        return text(yaml)
                .flatMap(text -> spliced(text, wanted, places))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .filter(text -> readsAs(text, wanted))
                .orElseGet(() -> CassetteFormat.write(wanted));
    }

    private static Optional<String> text(byte[] yaml) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(yaml))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean readsAs(byte[] yaml, Cassette wanted) {
        try {
            return CassetteFormat.read(wanted.name(), wanted.name(), yaml).equals(wanted);
        } catch (CassetteException e) {
            return false;
        }
    }

    private static Optional<String> spliced(String text, Cassette wanted, Set<Integer> places) {
        List<String> lines = Arrays.asList(text.split("(?<=\n)", -1));
        List<Integer> items = items(lines);
        if (items.size() != wanted.interactions().size() + 1) {
            return Optional.empty();
        }
        StringBuilder spliced = new StringBuilder(text.length());
        lines.subList(0, items.get(0)).forEach(spliced::append);
        for (int i = 0; i + 1 < items.size(); i++) {
            if (places.contains(i)) {
                spliced.append(item(wanted, i, lines.get(items.get(i))));
            } else {
                lines.subList(items.get(i), items.get(i + 1)).forEach(spliced::append);
            }
        }
        lines.subList(items.get(items.size() - 1), lines.size()).forEach(spliced::append);
        return Optional.of(spliced.toString());
    }

    /** The lines at which interactions begin, and the one after the last of them; empty if that cannot be told. */
    private static List<Integer> items(List<String> lines) {
        int list = 0;
        while (list < lines.size() && !lines.get(list).strip().equals(LIST)) {
            list++;
        }
        List<Integer> items = new ArrayList<>();
        int depth = -1;
        int at = list + 1;
        // Whatever belongs to an interaction stands deeper than its dash, even the text of its blocks.
        for (; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.isBlank()) {
                continue;
            }
            boolean dash = line.stripLeading().startsWith("- ");
            depth = depth < 0 && dash ? indent(line) : depth;
            if (indent(line) == depth && dash) {
                items.add(at);
            } else if (indent(line) <= Math.max(depth, 0)) {
                break;
            }
        }
        items.add(Math.min(at, lines.size()));
        return items;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** One interaction as the writer writes it, moved to where its neighbours stand; its first line, with its id, stays. */
    private static String item(Cassette cassette, int place, String first) {
        Cassette only =
                Cassette.of(cassette.name(), List.of(cassette.interactions().get(place)));
        String alone = new String(CassetteFormat.write(only), StandardCharsets.UTF_8);
        List<String> lines = Arrays.asList(alone.split("(?<=\n)", -1));
        List<Integer> items = items(lines);
        int from = indent(lines.get(items.get(0)));
        String margin = " ".repeat(indent(first));
        StringBuilder moved = new StringBuilder(alone.length()).append(first);
        for (String line : lines.subList(items.get(0) + 1, items.get(1))) {
            moved.append(line.isBlank() ? line : margin + line.substring(from));
        }
        return moved.toString();
    }
}
