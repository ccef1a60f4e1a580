package dev.gateway4j.api.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gateway4j.api.Secret;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoresTest {
    private final char[] password = "test-password".toCharArray();

    @TempDir
    private Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void store() throws Exception {
        file = directory.resolve("gateway.p12");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        put(store, "blue", new SecretKeySpec("sk-test-keystores-0001".getBytes(US_ASCII), "AES"), password);
        put(store, "hmac", new SecretKeySpec("sk-test-keystores-0002".getBytes(US_ASCII), "HmacSHA256"), password);
        put(store, "keytool", imported("sk-test-keystores-0003"), password);
        put(store, "own", imported("sk-test-keystores-0004"), "another-one".toCharArray());
        put(store, "binary", new SecretKeySpec(new byte[32], "AES"), password);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, password);
        }
    }

    @Test
    void a_value_is_read_whatever_algorithm_it_was_stored_under() {
        assertThat(KeyStores.secret(file, password, "blue", "b"))
                .isEqualTo(Secret.of("x", "sk-test-keystores-0001"))
                .hasToString("Secret[alias=b]");
        assertThat(KeyStores.secret(file, password, "hmac", "h")).isEqualTo(Secret.of("x", "sk-test-keystores-0002"));
        assertThat(KeyStores.secret(file, password, "KeyTool", "k"))
                .isEqualTo(Secret.of("x", "sk-test-keystores-0003"));
    }

    @Test
    void an_unknown_entry_is_answered_with_those_that_are_there() {
        assertThatThrownBy(() -> KeyStores.secret(file, password, "red", "r"))
                .isInstanceOf(KeysException.class)
                .hasMessage(file + " holds no secret key \"red\"; it holds binary, blue, hmac, keytool, own");
    }

    @Test
    void a_wrong_password_is_said_to_be_wrong() {
        assertThatThrownBy(() -> KeyStores.secret(file, "wrong".toCharArray(), "blue", "b"))
                .isInstanceOf(KeysException.class)
                .hasMessage(file + " cannot be opened: the password is wrong, or the file was changed");
        assertThatThrownBy(() -> KeyStores.secret(file, password, "own", "o"))
                .hasMessageContaining("has a password of its own");
    }

    @Test
    void what_is_no_key_store_is_told_from_what_is_not_there() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "this is no key store");
        Path large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        Path absent = directory.resolve("absent.p12");

        assertThatThrownBy(() -> KeyStores.secret(text, password, "blue", "b"))
                .hasMessage(text + " is no PKCS12 key store, or it is damaged;"
                        + " make one with keytool -importpass -storetype PKCS12");
        assertThatThrownBy(() -> KeyStores.secret(large, password, "blue", "b"))
                .hasMessage(large + " is larger than 1 MB; it is no key store for keys");
        assertThatThrownBy(() -> KeyStores.secret(absent, password, "blue", "b"))
                .hasMessageStartingWith(absent + " does not exist;")
                .matches(failure -> failure instanceof KeysException missing && missing.isAbsent());
        assertThatThrownBy(() -> KeyStores.secret(directory, password, "blue", "b"))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_key_that_is_no_text_is_refused_without_showing_it() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyStores.secret(file, password, "binary", "n"))
                .withMessageContaining("position 0");
    }

    @Test
    void a_half_written_store_is_refused() throws Exception {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 97) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> KeyStores.secret(file, password, "blue", "b"))
                    .isInstanceOf(KeysException.class);
        }
    }

    private static void put(KeyStore store, String alias, SecretKey key, char[] under) throws Exception {
        store.setEntry(alias, new KeyStore.SecretKeyEntry(key), new KeyStore.PasswordProtection(under));
    }

    /** As keytool -importpass does it. */
    private static SecretKey imported(String value) throws Exception {
        return SecretKeyFactory.getInstance("PBE").generateSecret(new PBEKeySpec(value.toCharArray()));
    }
}
