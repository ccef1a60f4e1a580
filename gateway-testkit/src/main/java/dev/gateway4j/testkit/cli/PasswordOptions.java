package dev.gateway4j.testkit.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the password of a sealed file comes from; asked for at the terminal without any of them, and never an argument. */
final class PasswordOptions {
    @Option(names = "--password-env", paramLabel = "NAME", description = "The variable that holds the password.")
    private @Nullable String variable;

    @Option(names = "--password-file", paramLabel = "PATH", description = "The file that holds the password.")
    private @Nullable Path file;

    /** The two ways beside the terminal, of which one may be taken. */
    PasswordPlace place() {
        return new PasswordPlace("--password", Optional.ofNullable(variable), Optional.ofNullable(file));
    }
}
