package dev.gateway4j.testkit.cli;

import java.io.Console;
import java.io.InputStream;
import java.util.Optional;

/** What a command is told beside its arguments: typed at a terminal without being shown, or piped in. */
interface Keyboard {
    /** What was typed, to be wiped; empty if nobody sits there. */
    Optional<char[]> ask(String question);

    /** True if somebody sits there, so that nothing is piped in. */
    boolean attended();

    /** What is piped in. */
    InputStream piped();

    /** Of this process. */
    static Keyboard ofProcess() {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Keyboard::isTerminal);
        return new Keyboard() {
            @Override
            public Optional<char[]> ask(String question) {
                return console.flatMap(terminal -> Optional.ofNullable(terminal.readPassword("%s: ", question)));
            }

            @Override
            public boolean attended() {
                return console.isPresent();
            }

            @Override
            public InputStream piped() {
                return System.in;
            }
        };
    }

    /** Since Java 22 there can be a console without a terminal, and since then it can be asked. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
