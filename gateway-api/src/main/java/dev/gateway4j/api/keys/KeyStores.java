package dev.gateway4j.api.keys;

import dev.gateway4j.api.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Reads values of keys out of PKCS12 key stores. A value is a secret-key entry under the password of the store, as {@code keytool
 * -importpass -storetype PKCS12} makes it. Thread-safe.
 */
public final class KeyStores {
    private static final int MAX_BYTES = 1 << 20;

    private KeyStores() {}

    /**
     * The value of one entry.
     *
     * @param path the key store, at most 1 MB
     * @param password of the store and of the entry; the caller wipes it
     * @param entry the alias of the entry, in any case
     * @param alias the name of the secret in logs
     * @throws KeysException if there is no such file, it is no PKCS12 key store, the password is another one, or there is no such entry
     * @throws IllegalArgumentException if the value cannot be that of a key; the message does not show it
     */
    public static Secret secret(Path path, char[] password, String entry, String alias) {
        KeyStore store = open(path, password);
        try {
            Key key = store.getKey(entry, password);
            if (key instanceof SecretKey) {
                return secret(alias, Optional.ofNullable(key.getEncoded()).orElse(new byte[0]));
            }
            throw KeysException.of(path + " holds no secret key \"" + entry + "\"; " + held(store));
        } catch (UnrecoverableKeyException e) {
            throw KeysException.of("entry \"" + entry + "\" in " + path
                    + " has a password of its own; import it again under the password of the store");
        } catch (GeneralSecurityException e) {
            throw KeysException.of("entry \"" + entry + "\" in " + path
                    + " is stored in a way this Java cannot read; import it with keytool -importpass");
        }
    }

    private static Secret secret(String alias, byte[] plain) {
        try {
            return Values.secret(alias, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static KeyStore open(Path path, char[] password) {
        byte[] bytes = bytes(path);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? KeysException.of(path + " cannot be opened: the password is wrong, or the file was changed")
                    : KeysException.of(path + " is no PKCS12 key store, or it is damaged;"
                            + " make one with keytool -importpass -storetype PKCS12");
        } catch (GeneralSecurityException e) {
            throw KeysException.of(path + " is protected in a way this Java cannot read; make it anew with keytool");
        }
    }

    private static byte[] bytes(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw KeysException.of(path + " is larger than 1 MB; it is no key store for keys");
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw KeysException.absent(
                    path + " does not exist; make it with keytool -importpass -storetype PKCS12 -keystore " + path);
        } catch (IOException e) {
            throw KeysException.of(path + " cannot be read; make it readable for this user");
        }
    }

    private static String held(KeyStore store) throws GeneralSecurityException {
        List<String> names = Collections.list(store.aliases()).stream().sorted().toList();
        return names.isEmpty() ? "it is empty" : "it holds " + String.join(", ", names);
    }
}
