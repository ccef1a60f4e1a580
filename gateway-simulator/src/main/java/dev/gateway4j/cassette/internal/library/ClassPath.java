package dev.gateway4j.cassette.internal.library;

import dev.gateway4j.cassette.internal.format.CassetteFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Cassettes in a folder of the class path, in directories and in jars. Nothing is unpacked; what is there stays as it is. */
final class ClassPath implements Shelf {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final List<ClassLoader> loaders;
    private final String folder;

    /** What an earlier loader has goes before that of a later one; {@code folder} has no slash at either end and is empty for the root. */
    ClassPath(List<ClassLoader> loaders, String folder) {
        this.loaders = List.copyOf(loaders);
        this.folder = folder;
    }

    @Override
    public SortedMap<String, Stamp> list() throws IOException {
        SortedMap<String, Stamp> found = new TreeMap<>();
        for (URL place : places(folder.isEmpty() ? "" : folder + "/")) {
            addFrom(place, found);
        }
        // Many a jar names its files and not their folders, so every jar is looked into.
        for (URL manifest : places(MANIFEST)) {
            if (manifest.getProtocol().equals("jar")) {
                addFrom(manifest, found);
            }
        }
        return found;
    }

    /** Each place once, though several loaders know it. */
    private Collection<URL> places(String resource) throws IOException {
        Map<String, URL> places = new LinkedHashMap<>();
        for (ClassLoader loader : loaders) {
            Collections.list(loader.getResources(resource))
                    .forEach(place -> places.putIfAbsent(place.toExternalForm(), place));
        }
        return places.values();
    }

    private Optional<URL> find(String name) {
        String resource = resource(name);
        return loaders.stream()
                .flatMap(loader -> Stream.ofNullable(loader.getResource(resource)))
                .findFirst();
    }

    private void addFrom(URL place, SortedMap<String, Stamp> found) throws IOException {
        if (place.getProtocol().equals("file")) {
            Directory.list(path(place)).keySet().forEach(name -> found.putIfAbsent(name, Stamp.FIXED));
            return;
        }
        URLConnection connection = place.openConnection();
        if (connection instanceof JarURLConnection jar) {
            jar.setUseCaches(false); // a cached jar would be closed under the class loader
            try (JarFile file = jar.getJarFile()) {
                addEntries(file, found);
            }
        }
    }

    private void addEntries(JarFile jar, SortedMap<String, Stamp> found) {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        jar.stream()
                .filter(entry -> !entry.isDirectory()
                        && entry.getName().startsWith(prefix)
                        && entry.getName().endsWith(SUFFIX))
                .forEach(entry -> found.putIfAbsent(
                        entry.getName()
                                .substring(prefix.length(), entry.getName().length() - SUFFIX.length()),
                        Stamp.FIXED));
    }

    @Override
    public Optional<Stamp> stamp(String name) {
        return find(name).map(found -> Stamp.FIXED);
    }

    @Override
    public byte[] read(String name) throws IOException {
        URL file = find(name).orElseThrow(() -> new IOException("it is not on the class path"));
        URLConnection connection = file.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            byte[] yaml = in.readNBytes(CassetteFormat.MAX_BYTES + 1);
            if (yaml.length > CassetteFormat.MAX_BYTES) {
                throw new IOException("it has more than " + CassetteFormat.MAX_BYTES
                        + " bytes, the most that are read; divide it into several cassettes");
            }
            return yaml;
        }
    }

    @Override
    public boolean changes() {
        return false;
    }

    @Override
    public String shown(String name) {
        return "classpath:" + resource(name);
    }

    @Override
    public String shown() {
        return "classpath:" + folder;
    }

    private String resource(String name) {
        return (folder.isEmpty() ? "" : folder + "/") + name + SUFFIX;
    }

    private static Path path(URL file) throws IOException {
        try {
            return Path.of(new URI(file.toString()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new IOException(file + " is not the URL of a file", e);
        }
    }
}
