package dev.gateway4j.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.gateway4j.build.Rules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses API = Rules.classesIn("dev.gateway4j.api..");

    static Stream<ArchRule> everywhere() {
        return Rules.everywhere().stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_rules_of_the_house_hold(ArchRule rule) {
        rule.check(API);
    }

    @Test
    void nothing_is_left_to_chance_but_what_protects_secrets() {
        Rules.chanceOnlyIn("dev.gateway4j.api.Masked", "dev.gateway4j.api.keys.Entropy")
                .check(API);
    }

    @Test
    void the_api_needs_only_the_jdk_and_two_parsers() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.gateway4j.api..",
                        "java..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.core..",
                        "org.snakeyaml.engine..")
                .check(API);
    }

    @Test
    void the_json_parser_stays_in_the_dialect_and_the_yaml_parser_in_the_configuration() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gateway4j.api.openai")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml..")
                .check(API);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.gateway4j.api.config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .check(API);
    }

    @Test
    void the_words_everybody_shares_depend_on_no_other_package_of_the_api() {
        noClasses()
                .that()
                .resideInAPackage("dev.gateway4j.api")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.gateway4j.api.call..",
                        "dev.gateway4j.api.config..",
                        "dev.gateway4j.api.keys..",
                        "dev.gateway4j.api.limit..",
                        "dev.gateway4j.api.openai..",
                        "dev.gateway4j.api.spi..")
                .check(API);
    }

    @Test
    void whoever_reveals_a_secret_elsewhere_is_found() {
        JavaClasses culprit = new ClassFileImporter().importClasses(SecretTest.class);

        assertThat(Rules.secretsAreRevealedInOnePlace().evaluate(culprit).hasViolation())
                .isTrue();
    }

    @Test
    void a_vendor_in_a_public_signature_is_found() {
        JavaClasses culprit = new ClassFileImporter().importClasses(VendorLeak.class);

        assertThat(Rules.noVendorInTheApi().evaluate(culprit).getFailureReport().getDetails())
                .hasSize(3);
    }
}
