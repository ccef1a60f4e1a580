package dev.gateway4j.api.config;

import java.util.OptionalInt;

/**
 * One thing that is wrong with the settings.
 *
 * @param path which setting, such as {@code environments.staging.openai.credentials.keys[1].api_key}
 * @param source where it was set: a file name, {@code system property}, {@code environment variable} or {@code builder}
 * @param line the line in that file, counted from 1
 * @param message what is wrong, with the value unless it is secret, the rule, and the way out
 */
public record ConfigProblem(String path, String source, OptionalInt line, String message) {
    @Override
    public String toString() {
        String place = line.isPresent() ? source + ":" + line.getAsInt() : source;
        return path + " (" + place + "): " + message;
    }
}
