package dev.gateway4j.testkit.cli;

import dev.gateway4j.api.keys.KeysException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gets passwords and values for the commands about keys, and says what did not work. */
final class KeysDesk {
    private final UnaryOperator<@Nullable String> variables;
    private final Keyboard keyboard;
    private final PrintWriter err;

    KeysDesk(UnaryOperator<@Nullable String> variables, Keyboard keyboard, PrintWriter err) {
        this.variables = variables;
        this.keyboard = keyboard;
        this.err = err;
    }

    /** What a command does. */
    @FunctionalInterface
    interface Work {
        int run() throws IOException;
    }

    /** What cannot be gone on with; the text says why. */
    static final class WrongUse extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        WrongUse(String message) {
            super(message);
        }
    }

    int attempt(Work work) {
        try {
            return work.run();
        } catch (KeysException | IOException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.FAILED;
        } catch (IllegalArgumentException e) {
            err.println("gateway-cli: " + e.getMessage());
            return GatewayCli.WRONG_USE;
        }
    }

    /** A password that opens something. */
    Typed password(PasswordPlace place, String question) throws IOException {
        if (place.variable().isPresent() && place.file().isPresent()) {
            throw new WrongUse(
                    place.option() + "-env and " + place.option() + "-file stand side by side; give one of them");
        }
        if (place.variable().isPresent()) {
            return variable(place.option(), place.variable().get());
        }
        return place.file().isPresent() ? file(place.option(), place.file().get()) : asked(place, question);
    }

    /** A password that shall open something from now on: typed twice, since nobody sees it. */
    Typed newPassword(PasswordPlace place, String question) throws IOException {
        Typed first = password(place, question);
        if (place.variable().isPresent() || place.file().isPresent()) {
            return first;
        }
        try (Typed second = asked(place, question + ", once more")) {
            if (!first.isSame(second)) {
                first.close();
                throw new WrongUse("the two passwords differ; nothing was done");
            }
            return first;
        }
    }

    /** The value of a key, typed or piped in. */
    Typed value(String name) throws IOException {
        if (keyboard.attended()) {
            return Typed.of(keyboard.ask("Value of " + name).orElseThrow(() -> new WrongUse("no value was typed")));
        }
        Typed piped = Typed.of(keyboard.piped());
        if (piped.characters().length == 0) {
            throw new WrongUse("no value for " + name + "; pipe it in, or run this at a terminal to be asked for it");
        }
        return piped;
    }

    private Typed asked(PasswordPlace place, String question) {
        return Typed.of(keyboard.ask(question)
                .orElseThrow(() -> new WrongUse("there is no terminal to ask for the password at; give "
                        + place.option() + "-env NAME or " + place.option() + "-file PATH")));
    }

    private Typed variable(String option, String name) {
        String value = variables.apply(name);
        if (value == null || value.isBlank()) {
            throw new WrongUse(option + "-env: " + name + " is not set; put the password there");
        }
        return Typed.of(value.toCharArray());
    }

    private static Typed file(String option, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Typed.of(in);
        } catch (IOException e) {
            throw new IOException(option + "-file: " + file + " cannot be read; put the password there", e);
        }
    }
}
