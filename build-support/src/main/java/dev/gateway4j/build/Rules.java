package dev.gateway4j.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of the house as ArchUnit rules, for the architecture test of each module. */
public final class Rules {
    private static final String TIME = "dev.gateway4j.api.SystemTime";
    private static final String SETTINGS = "dev.gateway4j.api.config.ConfigReader";

    private static final Set<String> CLOCKS = Set.of(
            "java.lang.System.nanoTime",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.locks.LockSupport.parkNanos",
            "java.util.concurrent.locks.LockSupport.parkUntil",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.time.Clock.systemUTC",
            "java.time.Clock.systemDefaultZone",
            "java.time.InstantSource.system");

    private static final Set<String> SURROUNDINGS = Set.of(
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.System.getProperties",
            "java.lang.Boolean.getBoolean",
            "java.lang.Integer.getInteger",
            "java.lang.Long.getLong");

    private static final Set<String> CHANCE = Set.of("java.lang.Math.random", "java.util.UUID.randomUUID");
    private static final Set<String> CHANCE_TYPES = Set.of(
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.concurrent.ThreadLocalRandom",
            "java.security.SecureRandom");

    private Rules() {}

    /** The classes of a module without its tests, such as those in {@code dev.gateway4j.api..}. */
    public static JavaClasses classesIn(String... packages) {
        List<String> roots = Stream.of(packages)
                .map(root -> root.endsWith("..") ? root.substring(0, root.length() - 2) : root)
                .toList();
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(roots);
    }

    /** The rules that hold in every module. A module that needs chance checks {@link #chanceOnlyIn} itself. */
    public static List<ArchRule> everywhere() {
        return List.of(
                oneClock(),
                oneReaderOfSettings(),
                secretsAreRevealedInOnePlace(),
                noVendorInTheApi(),
                noThreadLocals(),
                noSynchronizedMethods());
    }

    /** Time is read and waited for in one class, so that tests can move it. */
    public static ArchRule oneClock() {
        return noClasses()
                .that(areNot(TIME))
                .should()
                .accessTargetWhere(targetsAny(CLOCKS))
                .because("TimeSource is the only clock and sleeper");
    }

    /** Environment variables and system properties are read in one class. */
    public static ArchRule oneReaderOfSettings() {
        return noClasses()
                .that(areNot(SETTINGS))
                .should()
                .accessTargetWhere(targetsAny(SURROUNDINGS))
                .because("settings are read once, by ConfigReader");
    }

    /** The value of a secret is asked for where the credential is put on a request, and nowhere else. */
    public static ArchRule secretsAreRevealedInOnePlace() {
        return noClasses()
                .that()
                .doNotHaveSimpleName("CredentialInterceptor")
                .should()
                .accessTargetWhere(targetsAny(Set.of("dev.gateway4j.api.Secret.reveal")))
                .because("a secret that is revealed in one place can be watched there");
    }

    /** Nobody who uses the api is tied to a library behind it. */
    public static ArchRule noVendorInTheApi() {
        return classes()
                .that()
                .resideInAPackage("dev.gateway4j.api..")
                .should(new NameNoVendor("com.fasterxml.", "org.snakeyaml.", "okhttp3.", "okio."))
                .allowEmptyShould(true);
    }

    /** Nothing is left to chance but in these classes, which are given their seed or say why they need none. */
    public static ArchRule chanceOnlyIn(String... classNames) {
        DescribedPredicate<JavaAccess<?>> chance = DescribedPredicate.describe(
                "gives random values",
                access -> CHANCE.contains(target(access))
                        || CHANCE_TYPES.contains(access.getTargetOwner().getName()));
        return noClasses()
                .that(areNot(classNames))
                .should()
                .accessTargetWhere(chance)
                .because("random values come from a seed");
    }

    /** What belongs to a call travels with it, since SDKs change threads. */
    public static ArchRule noThreadLocals() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .because("SDKs change threads within a call");
    }

    /** A virtual thread that blocks inside a synchronized method keeps its carrier. */
    public static ArchRule noSynchronizedMethods() {
        return methods()
                .should()
                .notHaveModifier(JavaModifier.SYNCHRONIZED)
                .because("virtual threads would be pinned")
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> areNot(String... names) {
        return DescribedPredicate.describe("are not " + String.join(", ", names), type -> {
            for (String name : names) {
                if (type.getName().equals(name) || type.getName().startsWith(name + "$")) {
                    return false;
                }
            }
            return true;
        });
    }

    private static DescribedPredicate<JavaAccess<?>> targetsAny(Set<String> targets) {
        return DescribedPredicate.describe("is one of " + targets, access -> targets.contains(target(access)));
    }

    private static String target(JavaAccess<?> access) {
        return access.getTargetOwner().getName() + "." + access.getTarget().getName();
    }
}
