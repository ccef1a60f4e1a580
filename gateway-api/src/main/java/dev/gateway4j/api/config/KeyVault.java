package dev.gateway4j.api.config;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.Interpolation.UnresolvedException;
import dev.gateway4j.api.config.SecretReference.Stored;
import dev.gateway4j.api.keys.KeyStores;
import dev.gateway4j.api.keys.KeysException;
import dev.gateway4j.api.keys.OpenedKeys;
import dev.gateway4j.api.keys.SealedKeys;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fetches secrets from where settings say they are, for one environment and one reading. Every password is worked on once. Holds
 * passwords until it is closed. Not thread-safe.
 */
final class KeyVault implements AutoCloseable {
    private static final String CREDENTIALS = "openai.credentials.";
    private static final String KEYSTORE_PASSWORD = "keystore_password";
    private static final String SEALED_PASSWORD = "sealed_password";

    private final Tree.Section credentials;
    private final Interpolation interpolation;
    private final String environment;
    private final boolean checked;
    private final int shortest;
    private final Set<Path> paths = new LinkedHashSet<>();
    private final Map<String, char[]> passwords = new HashMap<>();
    private final Map<Path, Opened> opened = new HashMap<>();

    KeyVault(Tree.Section credentials, Interpolation interpolation, String environment) {
        this(
                credentials,
                interpolation,
                environment,
                credentials
                        .text("file_permissions")
                        .map(text -> Values.normal(text.value()).equals("checked"))
                        .orElse(true),
                0);
    }

    private KeyVault(
            Tree.Section credentials, Interpolation interpolation, String environment, boolean checked, int shortest) {
        this.shortest = shortest;
        this.credentials = credentials;
        this.interpolation = interpolation;
        this.environment = environment;
        this.checked = checked;
    }

    /**
     * One without passwords, for plain files whoever can read them. It does not know words as short as {@code none} and {@code EMPTY}:
     * people write them where no secret is needed, and the scanner for secrets does not look for them either.
     */
    static KeyVault forComparison(Interpolation interpolation, String environment) {
        return new KeyVault(
                Tree.Section.empty(Origin.of("", Origin.BUILDER, Path.of(""))), interpolation, environment, false, 8);
    }

    /** A sealed file, or why it could not be opened. */
    private record Opened(Optional<OpenedKeys> keys, Optional<UnresolvedException> failure) {}

    /**
     * The secret a setting points at.
     *
     * @param alias its name in logs
     * @param upstream for which upstream
     * @throws IllegalArgumentException if it can be no secret
     */
    Secret secret(String alias, String upstream, Tree.Text text) throws UnresolvedException {
        try {
            String written = text.value().strip();
            if (written.startsWith(SecretReference.KEYSTORE)) {
                return inKeyStore(alias, text, stored(written, SecretReference.KEYSTORE));
            }
            return written.startsWith(SecretReference.SEALED)
                    ? sealed(alias, upstream, text, stored(written, SecretReference.SEALED))
                    : plain(alias, text);
        } catch (KeysException e) {
            throw new UnresolvedException(e.isAbsent(), String.valueOf(e.getMessage()));
        }
    }

    /** A secret that stands in a variable or in a file of its own. */
    private Secret plain(String alias, Tree.Text text) throws UnresolvedException {
        char[] value = characters(text);
        try {
            if (value.length < shortest) {
                throw new UnresolvedException(false, "is too short for a secret");
            }
            return Secret.of(alias, value);
        } finally {
            Arrays.fill(value, '\0');
        }
    }

    private Secret inKeyStore(String alias, Tree.Text text, Stored stored) throws UnresolvedException {
        Path path = file(text, stored.path()).verified().path();
        return KeyStores.secret(path, password(KEYSTORE_PASSWORD), stored.entry(), alias);
    }

    private Secret sealed(String alias, String upstream, Tree.Text text, Stored stored) throws UnresolvedException {
        Path path = file(text, stored.path()).verified().path();
        Opened found = opened.get(path);
        if (found == null) {
            found = open(path);
            opened.put(path, found);
        }
        if (found.failure().isPresent()) {
            throw found.failure().get();
        }
        return found.keys().orElseThrow().secret(alias, environment, stored.entry(), upstream);
    }

    private Opened open(Path path) {
        try {
            OpenedKeys keys = SealedKeys.read(path).open(password(SEALED_PASSWORD));
            return new Opened(Optional.of(keys), Optional.empty());
        } catch (KeysException e) {
            return new Opened(
                    Optional.empty(),
                    Optional.of(new UnresolvedException(e.isAbsent(), String.valueOf(e.getMessage()))));
        } catch (UnresolvedException e) {
            return new Opened(Optional.empty(), Optional.of(e));
        }
    }

    private char[] password(String name) throws UnresolvedException {
        char[] known = passwords.get(name);
        if (known != null) {
            return known;
        }
        Tree.Text text = credentials
                .text(name)
                .orElseThrow(() -> new UnresolvedException(
                        false, "needs " + CREDENTIALS + name + "; write " + Kind.PASSWORD.form() + " there"));
        try {
            char[] found = characters(text);
            passwords.put(name, found);
            return found;
        } catch (UnresolvedException e) {
            throw new UnresolvedException(e.isUnset(), "needs " + CREDENTIALS + name + ", and " + e.text());
        }
    }

    private char[] characters(Tree.Text text) throws UnresolvedException {
        String written = text.value().strip();
        char[] found = written.startsWith(SecretReference.FILE)
                ? file(text, resolved(written, SecretReference.FILE)).read()
                : interpolation.verbatim(written).strip().toCharArray();
        if (found.length == 0) {
            throw new UnresolvedException(true, "what " + text.value() + " refers to is empty; put the key there");
        }
        return found;
    }

    private Stored stored(String written, String prefix) throws UnresolvedException {
        return Stored.of(resolved(written, prefix))
                .orElseThrow(() -> new UnresolvedException(false, "does not name a file and an entry in it"));
    }

    private String resolved(String written, String prefix) throws UnresolvedException {
        return interpolation.resolve(written.substring(prefix.length())).strip();
    }

    private SecretFile file(Tree.Text text, String path) throws UnresolvedException {
        String shown = Problems.quoted(text.shown());
        try {
            Path absolute = text.origin().base().resolve(path).toAbsolutePath();
            paths.add(absolute);
            return new SecretFile(absolute, shown, checked);
        } catch (InvalidPathException e) {
            throw new UnresolvedException(true, shown + " cannot be read; it is no path");
        }
    }

    /** Every file that was looked at, absolute. */
    List<Path> paths() {
        return new ArrayList<>(paths);
    }

    @Override
    public void close() {
        passwords.values().forEach(password -> Arrays.fill(password, '\0'));
        opened.values().forEach(each -> each.keys().ifPresent(OpenedKeys::close));
    }
}
