package dev.gateway4j.vectors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.gateway4j.build.Rules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses VECTORS = Rules.classesIn("dev.gateway4j.vectors..");

    static Stream<ArchRule> everywhere() {
        return Rules.everywhere().stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_rules_of_the_house_hold(ArchRule rule) {
        rule.check(VECTORS);
    }

    @Test
    void it_knows_the_api_alone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.gateway4j.okhttp..", "dev.gateway4j.simulator..", "dev.gateway4j.testkit..", "okhttp3..")
                .check(VECTORS);
    }
}
