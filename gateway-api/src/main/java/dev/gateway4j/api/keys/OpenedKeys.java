package dev.gateway4j.api.keys;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.keys.SealedFile.Entry;
import dev.gateway4j.api.keys.SealedFile.Sealed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A sealed file whose password was right: gives secrets, and makes changed files. Holds the data key, so close it soon; afterwards nothing
 * can be done with it. Not thread-safe.
 */
public final class OpenedKeys implements AutoCloseable {
    private final SealedKeys sealed;
    private final byte[] dataKey;
    private final Derivation derivation;
    private boolean closed;

    OpenedKeys(SealedKeys sealed, byte[] dataKey, Derivation derivation) {
        this.sealed = sealed;
        this.dataKey = dataKey;
        this.derivation = derivation;
    }

    /** The keys, without their values. */
    public List<SealedKey> keys() {
        return sealed.keys();
    }

    /**
     * The value of one key.
     *
     * @param alias the name of the secret in logs
     * @param environment which environment wants it
     * @param name the name of the key in the file
     * @param upstream which upstream it is wanted for
     * @throws KeysException if the environment has no such key here, or it is for another upstream
     */
    public Secret secret(String alias, String environment, String name, String upstream) {
        Entry entry = entry(environment, name);
        String only = entry.key().upstream().orElse(upstream);
        if (!only.equals(upstream)) {
            throw KeysException.of("key \"" + name + "\" in " + sealed.shown() + " is sealed for upstream \"" + only
                    + "\", not for \"" + upstream + "\"");
        }
        byte[] plain = plain(entry);
        try {
            return Values.secret(alias, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * The file with this key, in the place of one of the same name and environment if there is one.
     *
     * @param value what authenticates: 4 to 4096 characters of visible ASCII, surrounding blanks are dropped; the caller wipes it
     * @throws IllegalArgumentException if the value cannot be that of a key; the message does not show it
     */
    public SealedKeys put(SealedKey key, char[] value) {
        Entry entry = new Entry(key, encrypt(key, value));
        List<Entry> entries = new ArrayList<>(file().entries());
        int at = indexOf(key.environment(), key.name());
        if (at < 0) {
            entries.add(entry);
        } else {
            entries.set(at, entry);
        }
        return sealed.with(file().withEntries(entries), dataKey());
    }

    /**
     * The file without this key.
     *
     * @throws KeysException if there is no such key
     */
    public SealedKeys remove(String environment, String name) {
        Entry gone = entry(environment, name);
        List<Entry> entries = new ArrayList<>(file().entries());
        entries.remove(gone);
        return sealed.with(file().withEntries(entries), dataKey());
    }

    /**
     * The file under another password. The values stay as they are encrypted; whoever knew the data key still can read them.
     *
     * @param password at least 8 characters; the caller wipes them
     */
    public SealedKeys reseal(char[] password) {
        SealedFile wrapped = SealedKeys.wrapped(password, Derivation.DEFAULT_ITERATIONS, derivation, dataKey());
        return sealed.with(wrapped.withEntries(file().entries()), dataKey);
    }

    /**
     * The file under another password and another data key: every value is encrypted anew.
     *
     * @param password at least 8 characters, the present one if it shall stay; the caller wipes them
     */
    public SealedKeys renew(char[] password) {
        byte[] fresh = Entropy.bytes(Gcm.KEY_BYTES);
        try {
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : file().entries()) {
                byte[] plain = plain(entry);
                entries.add(new Entry(entry.key(), encrypted(fresh, entry.key(), plain)));
                Arrays.fill(plain, (byte) 0);
            }
            SealedFile wrapped = SealedKeys.wrapped(password, Derivation.DEFAULT_ITERATIONS, derivation, fresh);
            return sealed.with(wrapped.withEntries(entries), fresh);
        } finally {
            Arrays.fill(fresh, (byte) 0);
        }
    }

    /** Wipes the data key. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(dataKey, (byte) 0);
    }

    private SealedFile file() {
        return sealed.file();
    }

    private byte[] dataKey() {
        if (closed) {
            throw new IllegalStateException("the sealed file was closed; open it again");
        }
        return dataKey;
    }

    private Entry entry(String environment, String name) {
        int at = indexOf(environment, name);
        if (at >= 0) {
            return file().entries().get(at);
        }
        Optional<SealedKey> elsewhere =
                keys().stream().filter(key -> key.name().equals(name)).findFirst();
        List<String> names = keys().stream()
                .filter(key -> key.environment().equals(environment))
                .map(SealedKey::name)
                .toList();
        throw KeysException.of(sealed.shown() + " holds no key \"" + name + "\" for environment \"" + environment
                + "\"; "
                + elsewhere
                        .map(key -> "one of that name is for \"" + key.environment() + "\"")
                        .orElse(names.isEmpty() ? "it holds none for it" : "it holds " + String.join(", ", names)));
    }

    private int indexOf(String environment, String name) {
        List<Entry> entries = file().entries();
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().is(environment, name)) {
                return i;
            }
        }
        return -1;
    }

    private byte[] plain(Entry entry) {
        return Gcm.open(
                        dataKey(),
                        entry.value().nonceBytes(),
                        SealedFile.place(entry.key()),
                        entry.value().bytes())
                .orElseThrow(() -> SealedKeys.refused(sealed.shown()));
    }

    private Sealed encrypt(SealedKey key, char[] value) {
        byte[] plain = Values.checked(key.name(), value);
        try {
            return encrypted(dataKey(), key, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Sealed encrypted(byte[] under, SealedKey key, byte[] plain) {
        byte[] nonce = Entropy.bytes(Gcm.NONCE_BYTES);
        return Sealed.of(nonce, Gcm.seal(under, nonce, SealedFile.place(key), plain));
    }

    @Override
    public String toString() {
        return "OpenedKeys[" + file().entries().size() + "]";
    }
}
