package dev.gateway4j.api.config;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where a value was set.
 *
 * @param path the setting as its author wrote it: a path in the file, or the name of a property or variable
 * @param source the file name, or one of the words below
 * @param line the line in the file, counted from 1
 * @param base where relative paths start
 */
record Origin(String path, String source, OptionalInt line, Path base) {
    static final String BUILDER = "builder";
    static final String PROPERTY = "system property";
    static final String VARIABLE = "environment variable";

    static Origin of(String path, String source, Path base) {
        return new Origin(path, source, OptionalInt.empty(), base);
    }

    Origin child(String name, int childLine) {
        return new Origin(path.isEmpty() ? name : path + "." + name, source, OptionalInt.of(childLine), base);
    }

    Origin item(int index, int itemLine) {
        return new Origin(path + "[" + index + "]", source, OptionalInt.of(itemLine), base);
    }

    /** The same place, for a setting that is missing below it. */
    Origin missing(String name) {
        return new Origin(path.isEmpty() ? name : path + "." + name, source, line, base);
    }

    /** True if both are set in the same place: the same section of the file, or the same layer. */
    boolean isBeside(Origin other) {
        return source.equals(other.source) && parent().equals(other.parent());
    }

    private String parent() {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    boolean isFile() {
        return line.isPresent();
    }
}
