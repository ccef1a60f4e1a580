package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.keys.OpenedKeys;
import dev.gateway4j.api.keys.SealedKey;
import dev.gateway4j.api.keys.SealedKeys;
import dev.gateway4j.testkit.cli.KeysDesk.WrongUse;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys}: keeps the values of keys in a sealed file. */
@Command(
        name = "keys",
        description = {
            "Keeps the values of keys in a sealed file, which the settings name as sealed:FILE#NAME.",
            "Values and passwords are typed at the terminal, or piped in and named; they are never arguments."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 1 it did not work, 2 wrong use."})
final class KeysCommand {
    private static final String FILE = "The sealed file.";
    private static final List<String> HEAD = List.of("NAME", "ENVIRONMENT", "UPSTREAM", "SEALED");

    private final KeysDesk desk;
    private final KeyFingerprints fingerprints;
    private final PrintWriter out;
    private final TimeSource time;

    KeysCommand(KeysDesk desk, KeyFingerprints fingerprints, PrintWriter out, TimeSource time) {
        this.desk = desk;
        this.fingerprints = fingerprints;
        this.out = out;
        this.time = time;
    }

    @Command(name = "create", description = "Makes a sealed file without keys.", mixinStandardHelpOptions = true)
    int create(@Parameters(paramLabel = "FILE", description = FILE) Path file, @Mixin PasswordOptions password) {
        return desk.attempt(() -> {
            try (Typed typed = desk.newPassword(password.place(), "Password for " + file)) {
                SealedKeys.create(typed.characters()).write(file);
            }
            return done(file + ": made; put keys into it with: keys add " + file + " NAME --environment ENVIRONMENT");
        });
    }

    @Command(
            name = "add",
            description = "Seals the value of a further key, typed or piped in.",
            mixinStandardHelpOptions = true)
    int add(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Parameters(paramLabel = "NAME", description = "The name of the key, not its value.") String name,
            @Option(
                            names = "--environment",
                            required = true,
                            paramLabel = "NAME",
                            description = "Whose key it is; no other environment can read it.")
                    String environment,
            @Option(
                            names = "--upstream",
                            paramLabel = "NAME",
                            description = "The only upstream it is for. Default: any.")
                    @Nullable
                    String upstream,
            @Mixin PasswordOptions password) {
        return desk.attempt(() -> {
            SealedKey key = named(name, environment, Optional.ofNullable(upstream));
            return change(
                    file,
                    password,
                    opened -> {
                        if (opened.keys().stream().anyMatch(there -> same(there, key))) {
                            throw new WrongUse(
                                    shown(key) + " is there already; give it another value with: keys rotate");
                        }
                        return put(opened, key);
                    },
                    shown(key) + " is sealed");
        });
    }

    @Command(
            name = "list",
            description = "Prints names, environments, upstreams and dates; needs no password and shows no value.",
            mixinStandardHelpOptions = true)
    int list(@Parameters(paramLabel = "FILE", description = FILE) Path file) {
        return desk.attempt(() -> {
            Columns.lines(table(SealedKeys.read(file).keys())).forEach(out::println);
            out.flush();
            return GatewayCli.OK;
        });
    }

    @Command(
            name = "rotate",
            description = "Seals another value of a key, typed or piped in.",
            mixinStandardHelpOptions = true)
    int rotate(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Parameters(paramLabel = "NAME", description = "The name of the key.") String name,
            @Option(
                            names = "--environment",
                            paramLabel = "NAME",
                            description = "Whose key it is; needed if several have one of that name.")
                    @Nullable
                    String environment,
            @Mixin PasswordOptions password) {
        return desk.attempt(() -> {
            SealedKey old = found(file, name, Optional.ofNullable(environment));
            SealedKey key = named(old.name(), old.environment(), old.upstream());
            return change(file, password, opened -> put(opened, key), shown(key) + " has another value");
        });
    }

    @Command(name = "remove", description = "Takes a key out.", mixinStandardHelpOptions = true)
    int remove(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Parameters(paramLabel = "NAME", description = "The name of the key.") String name,
            @Option(
                            names = "--environment",
                            paramLabel = "NAME",
                            description = "Whose key it is; needed if several have one of that name.")
                    @Nullable
                    String environment,
            @Mixin PasswordOptions password) {
        return desk.attempt(() -> {
            SealedKey key = found(file, name, Optional.ofNullable(environment));
            return change(
                    file, password, opened -> opened.remove(key.environment(), key.name()), shown(key) + " is gone");
        });
    }

    @Command(
            name = "reseal",
            description = "Gives the file another password, and if asked a new data key.",
            mixinStandardHelpOptions = true)
    int reseal(
            @Parameters(paramLabel = "FILE", description = FILE) Path file,
            @Mixin PasswordOptions password,
            @Mixin NewPasswordOptions next,
            @Option(
                            names = "--new-data-key",
                            description = "Encrypts every value anew, for when somebody may have seen the data key.")
                    boolean renewed) {
        return desk.attempt(() -> change(
                file,
                password,
                opened -> {
                    try (Typed typed = desk.newPassword(next.place(), "Next password for " + file)) {
                        return renewed ? opened.renew(typed.characters()) : opened.reseal(typed.characters());
                    }
                },
                renewed ? "sealed under another password and a new data key" : "sealed under another password"));
    }

    private static List<List<String>> table(List<SealedKey> keys) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (SealedKey key : keys) {
            rows.add(List.of(
                    key.name(),
                    key.environment(),
                    key.upstream().orElse("-"),
                    key.sealedAt().toString()));
        }
        return rows;
    }

    @Command(
            name = "fingerprint",
            description = {
                "Prints names and fingerprints of the keys of an environment, to be listed under key_fingerprints.",
                "The key of the fingerprints is openai.credentials.fingerprint_key of the settings."
            },
            mixinStandardHelpOptions = true)
    int fingerprint(
            @Option(names = "--environment", required = true, paramLabel = "NAME", description = "Whose keys.")
                    String environment,
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "Configuration file instead of ./gateway.yaml.")
                    @Nullable
                    Path config) {
        return fingerprints.print(environment, config);
    }

    /** What a sealed file becomes. */
    @FunctionalInterface
    private interface Change {
        SealedKeys of(OpenedKeys opened) throws IOException;
    }

    private int change(Path file, PasswordOptions password, Change change, String said) throws IOException {
        SealedKeys sealed = SealedKeys.read(file);
        try (Typed typed = desk.password(password.place(), "Password of " + file);
                OpenedKeys opened = sealed.open(typed.characters())) {
            change.of(opened).write(file);
        }
        return done(file + ": " + said);
    }

    private SealedKeys put(OpenedKeys opened, SealedKey key) throws IOException {
        try (Typed value = desk.value(key.name())) {
            return opened.put(key, value.characters());
        }
    }

    private SealedKey named(String name, String environment, Optional<String> upstream) {
        if (name.startsWith("sk-")) {
            throw new WrongUse("NAME looks like the value of a key, which others may have seen by now; give a name, and"
                    + " the value when asked for it");
        }
        return new SealedKey(name, environment, upstream, time.now());
    }

    /** The names can be read before the password is asked for; they are believed only once it has opened the file. */
    private static SealedKey found(Path file, String name, Optional<String> environment) {
        List<SealedKey> found = SealedKeys.read(file).keys().stream()
                .filter(key -> key.name().equals(name))
                .filter(key -> environment.isEmpty() || environment.get().equals(key.environment()))
                .toList();
        if (found.size() > 1) {
            throw new WrongUse("several environments have a key \"" + name + "\"; add --environment "
                    + String.join(
                            "|", found.stream().map(SealedKey::environment).toList()));
        }
        return found.stream()
                .findFirst()
                .orElseThrow(() -> new WrongUse(file + " holds no key \"" + name + "\""
                        + environment.map(wanted -> " for " + wanted).orElse("") + "; see: keys list " + file));
    }

    private static boolean same(SealedKey one, SealedKey other) {
        return one.name().equals(other.name()) && one.environment().equals(other.environment());
    }

    private static String shown(SealedKey key) {
        return key.name() + " of " + key.environment();
    }

    private int done(String said) {
        out.println(said);
        out.flush();
        return GatewayCli.OK;
    }
}
