package dev.gateway4j.simulator.internal.limit;

import dev.gateway4j.simulator.internal.fault.Stars;
import dev.gateway4j.simulator.internal.model.Resources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which limits hold for which model.
 *
 * @param name {@code off}, {@code tier-1} to {@code tier-5}, or empty for a table of the user's own
 * @param rows the limits of models, of which the first that fits counts
 * @param perKey true if every key has limits of its own, false if those of an organization share theirs
 */
public record LimitTable(String name, List<Row> rows, boolean perKey) {
    private static final String PER_KEY = " per key";
    private static final String OFF = "off";
    private static final long MOST = 1_000_000_000_000L;

    /** Copies the list. */
    public LimitTable {
        rows = List.copyOf(rows);
    }

    /**
     * The limits of models.
     *
     * @param models a name in which a star stands for anything
     * @param amounts how much there is of what
     */
    public record Row(String models, Map<Window, Long> amounts) {
        /** Copies the map. */
        public Row {
            EnumMap<Window, Long> copy = new EnumMap<>(Window.class);
            copy.putAll(amounts);
            amounts = Collections.unmodifiableMap(copy);
        }

        @Override
        public String toString() {
            return models + ": "
                    + amounts.entrySet().stream()
                            .map(amount ->
                                    amount.getValue() + " " + amount.getKey().text())
                            .collect(Collectors.joining(", "));
        }
    }

    /** No limits. */
    public static LimitTable off() {
        return new LimitTable(OFF, List.of(), false);
    }

    /**
     * Reads a table.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static LimitTable parse(String text) {
        String whole = text.strip();
        boolean perKey = whole.endsWith(PER_KEY);
        String table =
                perKey ? whole.substring(0, whole.length() - PER_KEY.length()).strip() : whole;
        if (table.equals(OFF)) {
            return new LimitTable(OFF, List.of(), perKey);
        }
        return table.matches("tier-[1-5]") ? tier(table, perKey) : new LimitTable("", rows(table), perKey);
    }

    /** The same with limits of its own for every key. */
    public LimitTable eachKey() {
        return new LimitTable(name, rows, true);
    }

    /** The same with these rows in front. */
    public LimitTable with(String models, String amounts) {
        List<Row> more = new ArrayList<>();
        more.add(row(models + ":" + amounts));
        more.addAll(rows);
        return new LimitTable("", more, perKey);
    }

    /** The limits of a model. */
    public Optional<Row> forModel(String model) {
        return rows.stream().filter(row -> Stars.match(row.models(), model)).findFirst();
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
        String table = name.isEmpty() ? rows.stream().map(Row::toString).collect(Collectors.joining("; ")) : name;
        return perKey ? table + PER_KEY : table;
    }

    private static LimitTable tier(String name, boolean perKey) {
        List<Row> rows = new ArrayList<>();
        for (String line : Resources.lines("limits.txt")) {
            if (line.startsWith(name + " ")) {
                rows.add(row(line.substring(name.length() + 1)));
            }
        }
        return new LimitTable(name, rows, perKey);
    }

    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        for (String row : text.split(";", -1)) {
            if (!row.isBlank()) {
                rows.add(row(row));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "limits are off, tier-1 to tier-5, or rows such as \"gpt-4o*: 500 rpm, 30000 tpm; *: 3 rpm\"");
        }
        return rows;
    }

    private static Row row(String text) {
        int colon = text.lastIndexOf(':');
        String models = colon < 0 ? "" : text.substring(0, colon).strip();
        if (models.isEmpty() || models.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("\"" + text.strip()
                    + "\" names no model; a row looks like gpt-4o*: 500 rpm, 30000 tpm, or is off or tier-1 to tier-5");
        }
        Map<Window, Long> amounts = new EnumMap<>(Window.class);
        for (String amount : text.substring(colon + 1).split(",", -1)) {
            String[] words = amount.strip().split("\\s+", -1);
            Optional<Window> window = words.length == 2 ? Window.named(words[1]) : Optional.empty();
            if (window.isEmpty() || !words[0].matches("[1-9]\\d{0,12}") || Long.parseLong(words[0]) > MOST) {
                throw new IllegalArgumentException("\"" + amount.strip()
                        + "\" is no limit; limits look like 500 rpm, 10000 rpd, 30000 tpm or 90000 tpd, at most "
                        + MOST);
            }
            amounts.put(window.get(), Long.parseLong(words[0]));
        }
        return new Row(models, amounts);
    }
}
