package dev.gateway4j.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The test kit uses what everybody may use. */
class ArchitectureTest {
    private static final JavaClasses TESTKIT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gateway4j.testkit");

    @Test
    void it_looks_into_no_other_module() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..internal..")
                .check(TESTKIT);
    }

    @Test
    void environment_variables_are_read_where_the_command_line_begins() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.gateway4j.testkit.cli.GatewayCli")
                .should()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .check(TESTKIT);
    }

    @Test
    void nothing_is_bound_to_a_thread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(TESTKIT);
    }
}
