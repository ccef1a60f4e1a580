package dev.gateway4j.okhttp.flow;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;

/** The same class path once more, on which nobody offers a stand-in or a recorder. */
final class WithoutProviders extends URLClassLoader {
    private static final String SERVICES = "META-INF/services/dev.gateway4j.";

    private WithoutProviders() {
        super(
                Arrays.stream(System.getProperty("java.class.path", "").split(File.pathSeparator))
                        .map(WithoutProviders::url)
                        .toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader());
    }

    /** What a public static method without parameters answers there. */
    static String call(Class<?> owner, String method) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (WithoutProviders loader = new WithoutProviders()) {
            thread.setContextClassLoader(loader);
            Class<?> there = Class.forName(owner.getName(), true, loader);
            var called = there.getDeclaredMethod(method);
            called.setAccessible(true);
            return (String) called.invoke(null);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        return name.startsWith(SERVICES) ? Collections.emptyEnumeration() : super.findResources(name);
    }

    private static URL url(String path) {
        try {
            return new File(path).toURI().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
