package dev.gateway4j.testkit.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the next password of a sealed file comes from. */
final class NewPasswordOptions {
    @Option(
            names = "--new-password-env",
            paramLabel = "NAME",
            description = "The variable that holds the next password.")
    private @Nullable String variable;

    @Option(names = "--new-password-file", paramLabel = "PATH", description = "The file that holds the next password.")
    private @Nullable Path file;

    PasswordPlace place() {
        return new PasswordPlace("--new-password", Optional.ofNullable(variable), Optional.ofNullable(file));
    }
}
