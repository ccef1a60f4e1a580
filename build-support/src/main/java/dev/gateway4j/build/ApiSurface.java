package dev.gateway4j.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The public surface of a module as a sorted text file, one line per type and member, so that a review sees every change of it. Packages
 * named {@code internal} do not count.
 */
public final class ApiSurface {
    private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
    private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

    private ApiSurface() {}

    /**
     * Compares the surface with the committed file. With {@code -Dgolden.update=true} the file is written instead.
     *
     * @param packages the root package, such as {@code dev.gateway4j.api..}
     * @param file the committed file, in the directory of the module
     */
    public static void check(String packages, Path file) {
        check(List.of(packages), file);
    }

    /** The same for a module of several root packages. */
    public static void check(List<String> packages, Path file) {
        check(packages, file, Boolean.getBoolean("golden.update"));
    }

    static void check(List<String> packages, Path file, boolean update) {
        List<String> surface = lines(Rules.classesIn(packages.toArray(String[]::new)));
        try {
            if (update) {
                Files.write(file, surface, StandardCharsets.UTF_8);
            }
            List<String> committed = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
            assertThat(surface)
                    .as(
                            "public surface of %s; if the change is meant, run the test with -Dgolden.update=true",
                            String.join(" and ", packages))
                    .containsExactlyElementsOf(committed);
        } catch (IOException e) {
            throw new UncheckedIOException("reading or writing " + file + " failed", e);
        }
    }

    /** The surface, sorted. */
    static List<String> lines(Iterable<JavaClass> types) {
        TreeSet<String> lines = new TreeSet<>();
        for (JavaClass type : types) {
            if (isVisible(type)) {
                add(type, lines);
            }
        }
        return List.copyOf(lines);
    }

    private static void add(JavaClass type, Set<String> lines) {
        lines.add(type.getName() + " : " + kind(type) + parents(type));
        for (JavaMember member : type.getMembers()) {
            if (isOpen(member, type) && !isGiven(member, type)) {
                lines.add(type.getName() + line(member));
            }
        }
    }

    private static String kind(JavaClass type) {
        String kind = type.isAnnotation()
                ? "annotation"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : type.isInterface() ? "interface" : "class";
        boolean plain = kind.equals("class");
        return modifier(type, JavaModifier.PROTECTED)
                + (plain ? modifier(type, JavaModifier.ABSTRACT) + modifier(type, JavaModifier.FINAL) : "")
                + kind;
    }

    private static String parents(JavaClass type) {
        List<String> parents = new ArrayList<>();
        type.getSuperclass()
                .map(JavaType::getName)
                .filter(ApiSurface::isTelling)
                .ifPresent(parents::add);
        type.getInterfaces().stream().map(JavaType::getName).sorted().forEach(parents::add);
        return parents.isEmpty() ? "" : " of " + String.join(", ", parents);
    }

    private static boolean isTelling(String parent) {
        return !parent.equals("java.lang.Object")
                && !parent.equals("java.lang.Record")
                && !parent.startsWith("java.lang.Enum");
    }

    private static String line(JavaMember member) {
        String modifiers = modifier(member, JavaModifier.PROTECTED)
                + modifier(member, JavaModifier.STATIC)
                + (member instanceof JavaMethod ? modifier(member, JavaModifier.ABSTRACT) : "");
        if (isEnumConstant(member)) {
            return "#" + member.getName() + " : constant";
        }
        if (member instanceof JavaField field) {
            return "#" + field.getName() + " : " + modifiers + field.getType().getName();
        }
        JavaCodeUnit unit = (JavaCodeUnit) member;
        String parameters =
                unit.getParameterTypes().stream().map(JavaType::getName).collect(Collectors.joining(", "));
        String thrown = unit.getExceptionTypes().stream()
                .map(JavaClass::getName)
                .sorted()
                .collect(Collectors.joining(", "));
        String result =
                unit instanceof JavaConstructor ? "new" : unit.getReturnType().getName();
        String name = unit instanceof JavaConstructor ? unit.getOwner().getSimpleName() : unit.getName();
        return "#" + name + "(" + parameters + ") : " + modifiers + result
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static boolean isEnumConstant(JavaMember member) {
        return member instanceof JavaField field
                && field.getOwner().isEnum()
                && field.getRawType().equals(field.getOwner());
    }

    private static String modifier(HasModifiers what, JavaModifier modifier) {
        return what.getModifiers().contains(modifier) ? modifier.name().toLowerCase(java.util.Locale.ROOT) + " " : "";
    }

    private static boolean isVisible(JavaClass type) {
        String inPackage = "." + type.getPackageName() + ".";
        return isOpen(type)
                && !inPackage.contains(".internal.")
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && !type.getSimpleName().equals("package-info")
                && type.getEnclosingClass().map(ApiSurface::isVisible).orElse(true);
    }

    private static boolean isOpen(HasModifiers what) {
        Set<JavaModifier> modifiers = what.getModifiers();
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE);
    }

    /** A protected member of a final type is open to nobody. */
    private static boolean isOpen(JavaMember member, JavaClass type) {
        boolean closed = type.getModifiers().contains(JavaModifier.FINAL)
                && member.getModifiers().contains(JavaModifier.PROTECTED);
        return isOpen(member) && !closed;
    }

    /** Members that every type of this kind has. */
    private static boolean isGiven(JavaMember member, JavaClass type) {
        return member instanceof JavaMethod
                && (OF_EVERY_OBJECT.contains(member.getName())
                        || (type.isEnum() && OF_EVERY_ENUM.contains(member.getName())));
    }
}
