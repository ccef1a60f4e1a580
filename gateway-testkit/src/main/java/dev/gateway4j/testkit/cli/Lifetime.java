package dev.gateway4j.testkit.cli;

import dev.gateway4j.testkit.GatewayServer;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** How long the server runs: until the process is told to end, or the waiting thread is interrupted. */
final class Lifetime {
    private final CountDownLatch never = new CountDownLatch(1);

    private Lifetime() {}

    /** From here on a signal closes the server before the process ends, with exit code 0 for SIGTERM and 130 for SIGINT. */
    static Lifetime of(GatewayServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "gateway-stop"));
        endOrderlyOnTerm();
        return new Lifetime();
    }

    void await() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Without a handler the virtual machine reports 143 even after an orderly end, which supervisors count as a crash. */
    private static void endOrderlyOnTerm() {
        try {
            // By name, since the compiler warns of sun.misc and cannot be told not to.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object exit = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, args) -> onSignal(method.getName()));
            Object term = signal.getConstructor(String.class).newInstance("TERM");
            signal.getMethod("handle", signal, handler).invoke(null, term, exit);
        } catch (ReflectiveOperationException e) {
            // Another virtual machine: it ends in its own way, and the hook above still runs.
        }
    }

    private static @Nullable Object onSignal(String method) {
        if (method.equals("handle")) {
            System.exit(GatewayCli.OK);
        }
        return null;
    }
}
