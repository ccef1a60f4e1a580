package dev.gateway4j.examples.environments;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** A directory with the settings and the keys they name. The keys are made up; real ones are put there by whoever runs the machine. */
final class Workspace {
    private static final Set<String> KEYS = Set.of("production-blue", "production-green", "staging-blue");

    private Workspace() {}

    /** Writes it into an empty directory, and answers where the settings are. */
    static Path write(Path directory) throws IOException {
        Path settings = directory.resolve("gateway.yaml");
        try (InputStream yaml = Workspace.class.getResourceAsStream("/environments.yaml")) {
            Files.copy(Objects.requireNonNull(yaml), settings);
        }
        Path secrets = Files.createDirectory(directory.resolve("secrets"));
        for (String name : KEYS) {
            Path file = Files.createFile(secrets.resolve(name + ".key"), ownerOnly());
            Files.writeString(file, "sk-test-environments-" + name + "-0000");
        }
        return settings;
    }

    /** A file that others can read is no place for a key; the gateway refuses it. */
    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
