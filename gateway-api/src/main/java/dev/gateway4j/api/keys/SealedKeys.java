package dev.gateway4j.api.keys;

import dev.gateway4j.api.keys.SealedFile.Entry;
import dev.gateway4j.api.keys.SealedFile.Sealed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A sealed file: values of keys, each encrypted with AES-256-GCM and bound to its name, environment and upstream. The data key is wrapped
 * with a key made of the password by PBKDF2 with HMAC-SHA-256; a seal under the data key stands for the whole text, so a file in which one
 * byte was changed, or a key removed, added, renamed or moved, is not opened. An older copy of the whole file cannot be told from the
 * present one. The text is JSON:
 *
 * <pre>{@code
 * {
 *   "format": "gateway4j-sealed-keys",
 *   "version": 1,
 *   "kdf": {"name": "PBKDF2WithHmacSHA256", "iterations": 600000, "salt": "…"},
 *   "data_key": {"nonce": "…", "wrapped": "…"},
 *   "keys": [
 *     {"name": "blue", "environment": "staging", "upstream": "openai", "sealed_at": "2026-03-01T09:30:00Z", "nonce": "…", "value": "…"}
 *   ],
 *   "seal": {"nonce": "…", "tag": "…"}
 * }
 * }</pre>
 *
 * <p>At most 1 MB and 1000 keys. Immutable and thread-safe; every change is another one, which {@link #write} puts into a file.
 */
public final class SealedKeys {
    private static final int MIN_PASSWORD = 8;

    private final String shown;
    private final SealedFile file;
    private final Optional<byte[]> read;

    private SealedKeys(String shown, SealedFile file, Optional<byte[]> read) {
        this.shown = shown;
        this.file = file;
        this.read = read;
    }

    /**
     * A sealed file without keys, that is not written yet. Takes some tenths of a second of a processor.
     *
     * @param password at least 8 characters; the caller wipes them
     * @throws IllegalArgumentException if the password is shorter
     */
    public static SealedKeys create(char[] password) {
        return create(password, Derivation.DEFAULT_ITERATIONS, Derivation.PBKDF2);
    }

    static SealedKeys create(char[] password, int iterations, Derivation derivation) {
        byte[] dataKey = Entropy.bytes(Gcm.KEY_BYTES);
        try {
            return new SealedKeys(
                    "a new file",
                    sealed(wrapped(password, iterations, derivation, dataKey), dataKey),
                    Optional.empty());
        } finally {
            Arrays.fill(dataKey, (byte) 0);
        }
    }

    /**
     * Reads a sealed file. Whether it is genuine shows when it is opened.
     *
     * @throws KeysException if there is no such file, or it cannot be read, or it is not a sealed file
     */
    public static SealedKeys read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(SealedFile.MAX_BYTES + 1);
            SealedFile file = SealedFile.parse(bytes).orElseThrow(() -> refused(path.toString()));
            return new SealedKeys(path.toString(), file, Optional.of(bytes));
        } catch (NoSuchFileException e) {
            throw KeysException.absent(path + " does not exist; make it with: keys create " + path);
        } catch (IOException e) {
            throw KeysException.of(path + " cannot be read; make it readable for this user");
        }
    }

    /** The keys, without their values; to be believed once the file was opened. */
    public List<SealedKey> keys() {
        return file.entries().stream().map(Entry::key).toList();
    }

    /**
     * Opens the file, for reading values and for changes. Takes some tenths of a second of a processor.
     *
     * @param password the caller wipes it
     * @throws KeysException if the password is another one, or anything in the file was changed
     */
    public OpenedKeys open(char[] password) {
        return open(password, Derivation.PBKDF2);
    }

    OpenedKeys open(char[] password, Derivation derivation) {
        byte[] wrapping = derivation.key(password, SealedFile.decoded(file.salt()), file.iterations());
        byte[] dataKey;
        try {
            dataKey = Gcm.open(
                            wrapping,
                            file.dataKey().nonceBytes(),
                            SealedFile.wrapping(file.iterations(), file.salt()),
                            file.dataKey().bytes())
                    .orElseThrow(() -> refused(shown));
        } finally {
            Arrays.fill(wrapping, (byte) 0);
        }
        if (Gcm.open(
                        dataKey,
                        file.seal().nonceBytes(),
                        file.sealedText(),
                        file.seal().bytes())
                .isEmpty()) {
            Arrays.fill(dataKey, (byte) 0);
            throw refused(shown);
        }
        return new OpenedKeys(this, dataKey, derivation);
    }

    /**
     * Writes the file as a whole, readable and writable for its owner alone, and readable for the group that could read the one it takes the
     * place of: a reader sees the old one or the new one. Leaves an empty file {@code .NAME.lock} beside it, which keeps writers apart.
     *
     * @throws KeysException if it cannot be written, or the file is no longer the one that was read. One that was not read must not be
     *     there
     */
    public void write(Path path) {
        WholeFile.replace(path, read, file.text());
    }

    SealedFile file() {
        return file;
    }

    SealedKeys with(SealedFile unsealed, byte[] dataKey) {
        if (unsealed.entries().size() > SealedFile.MAX_ENTRIES || unsealed.text().length > SealedFile.MAX_BYTES) {
            throw KeysException.of(shown + " would hold more than " + SealedFile.MAX_ENTRIES
                    + " keys or take more than 1 MB; use several files");
        }
        return new SealedKeys(shown, sealed(unsealed, dataKey), read);
    }

    /** A file without keys that holds this data key. */
    static SealedFile wrapped(char[] password, int iterations, Derivation derivation, byte[] dataKey) {
        if (password.length < MIN_PASSWORD) {
            throw new IllegalArgumentException(
                    "the password has " + password.length + " characters; it needs at least " + MIN_PASSWORD);
        }
        byte[] salt = Entropy.bytes(Derivation.SALT_BYTES);
        byte[] nonce = Entropy.bytes(Gcm.NONCE_BYTES);
        byte[] wrapping = derivation.key(password, salt, iterations);
        try {
            String base64 = SealedFile.base64(salt);
            byte[] wrapped = Gcm.seal(wrapping, nonce, SealedFile.wrapping(iterations, base64), dataKey);
            return new SealedFile(iterations, base64, Sealed.of(nonce, wrapped), List.of(), noSeal());
        } finally {
            Arrays.fill(wrapping, (byte) 0);
        }
    }

    private static Sealed noSeal() {
        return Sealed.of(Entropy.bytes(Gcm.NONCE_BYTES), new byte[Gcm.TAG_BYTES]);
    }

    private static SealedFile sealed(SealedFile unsealed, byte[] dataKey) {
        SealedFile file = unsealed.withSeal(noSeal());
        byte[] tag = Gcm.seal(dataKey, file.seal().nonceBytes(), file.sealedText(), new byte[0]);
        return file.withSeal(new Sealed(file.seal().nonce(), SealedFile.base64(tag)));
    }

    /** One text for everything that can be wrong: which it was would help only who tries. */
    static KeysException refused(String shown) {
        return KeysException.of(shown
                + " cannot be opened: the password is wrong, or the file was changed or damaged, or it is no sealed file of"
                + " this version. Put back a copy that opens.");
    }

    String shown() {
        return shown;
    }

    @Override
    public String toString() {
        return "SealedKeys[" + file.entries().size() + "]";
    }
}
