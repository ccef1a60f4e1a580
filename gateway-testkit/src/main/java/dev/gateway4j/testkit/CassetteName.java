package dev.gateway4j.testkit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The name of a test's own cassette. */
final class CassetteName {
    private static final Pattern INVOCATION = Pattern.compile("test-template-invocation:#(\\d+)");
    private static final int LONGEST = 90;

    private CassetteName() {}

    /** Class and method, and the number of the invocation if the method runs several times. */
    static String of(ExtensionContext test) {
        String type = test.getRequiredTestClass().getName();
        String simple = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        Matcher invocation = INVOCATION.matcher(test.getUniqueId());
        return part(simple) + "/" + part(test.getRequiredTestMethod().getName())
                + (invocation.find() ? "-" + invocation.group(1) : "");
    }

    /** A part of a path that every file system takes; whatever else is in it becomes an underscore. */
    static String part(String text) {
        String plain = text.replaceAll("[^A-Za-z0-9._-]", "_")
                .replaceFirst("^[.-]", "_")
                .replaceFirst("\\.$", "_");
        if (plain.length() <= LONGEST) {
            return plain;
        }
        // Two long names that begin alike stay two.
        return plain.substring(0, LONGEST - 9) + "_" + String.format("%08x", text.hashCode());
    }
}
