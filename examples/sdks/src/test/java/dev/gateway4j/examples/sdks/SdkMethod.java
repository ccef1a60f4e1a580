package dev.gateway4j.examples.sdks;

import com.openai.client.OpenAIClient;
import com.openai.core.Params;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method of a service that asks the API.
 *
 * @param name its services and itself, such as {@code chat.completions.create}
 * @param service what it is called on
 * @param method itself; it takes parameters and nothing else
 */
record SdkMethod(String name, Object service, Method method) {
    private static final String SERVICES = "com.openai.services.blocking";

    /** All methods of all services of a client. */
    static List<SdkMethod> of(OpenAIClient client) {
        List<SdkMethod> found = new ArrayList<>();
        collect("", OpenAIClient.class, client, found);
        found.sort(Comparator.comparing(SdkMethod::name));
        return found;
    }

    private static void collect(String path, Class<?> type, Object service, List<SdkMethod> found) {
        for (Method method : type.getMethods()) {
            Class<?> given = method.getReturnType();
            if (method.getParameterCount() == 0 && given.getName().startsWith(SERVICES)) {
                if (!given.getName().contains("$")) {
                    collect(path + method.getName() + ".", given, call(service, method), found);
                }
            } else if (asks(method)) {
                found.add(new SdkMethod(path + method.getName(), service, method));
            }
        }
    }

    private static boolean asks(Method method) {
        return !Modifier.isStatic(method.getModifiers())
                && method.getParameterCount() == 1
                && Params.class.isAssignableFrom(method.getParameterTypes()[0])
                && !method.getParameterTypes()[0].getSimpleName().startsWith("Structured")
                && !method.getName().startsWith("connect"); // a WebSocket
    }

    /** Asks. */
    Object ask(SdkValues values) {
        return call(service, method, values.params(method.getParameterTypes()[0]));
    }

    static Object call(@Nullable Object target, Method method, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot call " + method, e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(method + " failed", e);
        }
    }

    static Method method(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == 0)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(type.getName() + " has no method " + name));
    }
}
