package dev.gateway4j.testkit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Says what is missing before the virtual machine does, whose message would name a class nobody knows. */
final class ServerRequirements {
    private static final String REMEDY =
            " Add com.squareup.okhttp3:mockwebserver3 and com.squareup.okhttp3:okhttp-jvm, and import "
                    + "dev.gateway4j:gateway-bom, which aligns them.";

    private ServerRequirements() {}

    static void check(ClassLoader loader) {
        if (load(loader, "mockwebserver3.MockWebServer") == null) {
            throw new IllegalStateException(
                    "GatewayServer needs MockWebServer, which is not on the class path." + REMEDY);
        }
        Class<?> call = load(loader, "okhttp3.Call");
        if (call == null) {
            throw new IllegalStateException("GatewayServer needs OkHttp 5, which is not on the class path." + REMEDY);
        }
        // OkHttp.VERSION is a compile-time constant and says nothing about what runs; this method came with 5.x.
        if (Arrays.stream(call.getMethods())
                .noneMatch(method -> method.getName().equals("addEventListener"))) {
            throw new IllegalStateException(
                    "GatewayServer needs OkHttp 5, but an older OkHttp comes first on the class path." + REMEDY);
        }
    }

    private static @Nullable Class<?> load(ClassLoader loader, String name) {
        try {
            return loader.loadClass(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
