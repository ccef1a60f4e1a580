package dev.gateway4j.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gateway4j.simulator");

    @Test
    void nothing_is_left_to_any_chance_but_our_own() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.random..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)")
                .check(CLASSES);
    }

    @Test
    void each_library_has_its_room() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..internal.tokens..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.knuddels..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("..internal.template..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.samskivert..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("..internal.yaml..", "..internal.spec..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .check(CLASSES);
    }

    @Test
    void rooms_do_not_go_round_in_circles() {
        slices().matching("dev.gateway4j.simulator.internal.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }
}
