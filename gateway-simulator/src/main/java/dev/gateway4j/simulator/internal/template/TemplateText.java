package dev.gateway4j.simulator.internal.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import dev.gateway4j.simulator.internal.yaml.Problems;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compiles the text of a template and refuses names that nothing stands behind. */
final class TemplateText {
    private static final Mustache.Compiler COMPILER =
            Mustache.compiler().escapeHTML(false).defaultValue("");
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    private static final String REQUEST = "request.";

    private TemplateText() {}

    /**
     * The compiled text; empty if there are problems.
     *
     * @param firstLine the line of the file on which the text begins
     */
    static Optional<Template> compile(String text, int firstLine, Problems problems) {
        Template template;
        try {
            template = COMPILER.compile(text);
        } catch (MustacheException broken) {
            String why = String.valueOf(broken.getMessage());
            Matcher line = LINE.matcher(why);
            int at = line.find() ? Integer.parseInt(line.group(1)) : 1;
            problems.add(firstLine + at - 1, "the template is broken: " + why.replaceFirst(" @ line \\d+", ""));
            return Optional.empty();
        }
        Names names = new Names(text, firstLine, problems);
        template.visit(names);
        return names.good ? Optional.of(template) : Optional.empty();
    }

    private static final class Names implements Mustache.Visitor {
        private final String text;
        private final int firstLine;
        private final Problems problems;
        private boolean good = true;

        Names(String text, int firstLine, Problems problems) {
            this.text = text;
            this.firstLine = firstLine;
            this.problems = problems;
        }

        @Override
        public void visitText(String words) {}

        @Override
        public void visitVariable(String name) {
            known(name, Helpers.VARIABLES, "{{" + name + "}}");
        }

        @Override
        public boolean visitInclude(String name) {
            return refused("{{>" + name + "}}", name, "templates do not include one another; copy the text");
        }

        @Override
        public boolean visitParent(String name) {
            return refused("{{<" + name + "}}", name, "templates do not inherit from one another; copy the text");
        }

        @Override
        public boolean visitSection(String name) {
            if (Helpers.LISTS.contains(name)) {
                return false;
            }
            boolean helper = Helpers.SECTIONS.contains(name);
            // Inside a part of the request the names are those of the request.
            return helper || (known(name, Helpers.VARIABLES, "{{#" + name + "}}") && !name.startsWith(REQUEST));
        }

        @Override
        public boolean visitInvertedSection(String name) {
            return Helpers.LISTS.contains(name) || known(name, Helpers.VARIABLES, "{{^" + name + "}}");
        }

        private boolean known(String name, List<String> names, String tag) {
            if (names.contains(name) || name.startsWith(REQUEST)) {
                return true;
            }
            return refused(
                    tag,
                    name,
                    "there is no such name; variables are request.<member>, " + String.join(", ", names)
                            + ", sections are " + String.join(", ", Helpers.SECTIONS) + ", lists are "
                            + String.join(", ", Helpers.LISTS));
        }

        private boolean refused(String tag, String name, String why) {
            good = false;
            int at = Math.max(0, text.indexOf(name));
            int line = firstLine
                    + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
            problems.add(line, tag + ": " + why);
            return false;
        }
    }
}
