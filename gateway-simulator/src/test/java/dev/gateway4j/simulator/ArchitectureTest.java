package dev.gateway4j.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import dev.gateway4j.build.Rules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {
    private static final JavaClasses SIMULATOR = Rules.classesIn("dev.gateway4j.simulator..");

    static Stream<ArchRule> everywhere() {
        return Rules.everywhere().stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_rules_of_the_house_hold(ArchRule rule) {
        rule.check(SIMULATOR);
    }

    @Test
    void it_knows_no_http_client_opens_no_socket_and_starts_no_thread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..", "java.net.http..", "dev.gateway4j.okhttp..")
                .check(SIMULATOR);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(SIMULATOR);
    }
}
