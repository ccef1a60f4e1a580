package dev.gateway4j.testkit.cli;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a password comes from, at the terminal if neither is there.
 *
 * @param option how the options begin that name it
 * @param variable an environment variable
 * @param file a file
 */
record PasswordPlace(String option, Optional<String> variable, Optional<Path> file) {}
