package dev.gateway4j.cassette.internal.format;

import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** The escapes {@code \L} and {@code \P}, which YAML has, Go writes and the YAML library does not know. */
final class RareEscapes {
    private RareEscapes() {}

    /** The file with these escapes spelt otherwise in the text that could not be read; empty if that was not the reason. */
    static Optional<String> respelt(String file, MarkedYamlEngineException failure) {
        Optional<Integer> start = failure.getContextMark().map(Mark::getIndex);
        if (start.isEmpty() || !failure.getProblem().startsWith("found unknown escape character")) {
            return Optional.empty();
        }
        int from = file.offsetByCodePoints(0, start.get());
        StringBuilder respelt = new StringBuilder(file.length() + 64).append(file, 0, from + 1);
        boolean changed = false;
        int at = from + 1;
        while (at + 1 < file.length() && file.charAt(at) != '"') {
            String step = file.substring(at, at + (file.charAt(at) == '\\' ? 2 : 1));
            changed |= step.equals("\\L") || step.equals("\\P");
            respelt.append(step.equals("\\L") ? "\\u2028" : step.equals("\\P") ? "\\u2029" : step);
            at += step.length();
        }
        return changed ? Optional.of(respelt.append(file, at, file.length()).toString()) : Optional.empty();
    }
}
