package dev.gateway4j.simulator.internal.data;

import dev.gateway4j.simulator.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.List;

/** Values between commas; one in quotes may hold commas, line breaks and, doubled, quotes. */
final class Csv {
    private final String text;
    private final Problems problems;
    private final List<Row> rows = new ArrayList<>();
    private List<String> fields = new ArrayList<>();
    private final StringBuilder field = new StringBuilder();
    private int line = 1;
    private int rowLine = 1;

    private Csv(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    static List<Row> rows(String text, Problems problems) {
        Csv csv = new Csv(text, problems);
        int i = 0;
        while (i < text.length()) {
            i = csv.step(i);
        }
        if (!csv.field.isEmpty() || !csv.fields.isEmpty()) {
            csv.endRow();
        }
        return csv.rows;
    }

    private int step(int at) {
        char c = text.charAt(at);
        if (c == '"' && field.isEmpty()) {
            return quoted(at + 1);
        }
        if (c == ',') {
            endField();
        } else if (c == '\n') {
            endRow();
            line++;
            rowLine = line;
        } else if (c != '\r') {
            field.append(c);
        }
        return at + 1;
    }

    private int quoted(int from) {
        int opened = line;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                return i + 1;
            } else {
                line += c == '\n' ? 1 : 0;
                field.append(c);
            }
        }
        problems.add(opened, "a quote that begins here never ends; close it, or double one that belongs to the text");
        return text.length();
    }

    private void endField() {
        fields.add(field.toString());
        field.setLength(0);
    }

    private void endRow() {
        endField();
        if (fields.size() > 1 || !fields.get(0).isBlank()) {
            rows.add(new Row(rowLine, fields));
        }
        fields = new ArrayList<>();
    }

    /**
     * The values of one line.
     *
     * @param line where it begins, counted from 1
     * @param fields the values
     */
    record Row(int line, List<String> fields) {}
}
