package dev.gateway4j.okhttp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.gateway4j.build.Rules;
import dev.gateway4j.okhttp.internal.call.CallInterceptor;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plan of the house, held by the machine. */
class ArchitectureTest {
    private static final String ROOMS = "dev.gateway4j.okhttp.internal.";
    private static final JavaClasses INTERCEPTOR = Rules.classesIn("dev.gateway4j.okhttp..");

    static Stream<ArchRule> everywhere() {
        return Rules.everywhere().stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_rules_of_the_house_hold(ArchRule rule) {
        rule.check(INTERCEPTOR);
    }

    @Test
    void chance_comes_from_the_builder_alone() {
        Rules.chanceOnlyIn("dev.gateway4j.okhttp.GatewayBuilder").check(INTERCEPTOR);
    }

    @Test
    void the_interceptors_and_the_simulator_never_see_each_other() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.gateway4j.simulator..", "dev.gateway4j.testkit..")
                .check(INTERCEPTOR);
    }

    @Test
    void rooms_never_import_each_other() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(com.tngtech.archunit.core.domain.JavaClass type) {
                        String name = type.getPackageName();
                        String room = name.startsWith(ROOMS)
                                ? name.substring(ROOMS.length()).split("\\.", 2)[0]
                                : "";
                        boolean beside = !List.of("", "call", "body", "chain").contains(room);
                        return beside ? SliceIdentifier.of(room) : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "the rooms that stand beside each other";
                    }
                })
                .should()
                .notDependOnEachOther()
                .check(INTERCEPTOR);
    }

    @Test
    void only_the_chain_knows_the_rooms() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOMS + "call",
                        ROOMS + "body",
                        ROOMS + "cache..",
                        ROOMS + "keys",
                        ROOMS + "limit",
                        ROOMS + "meter",
                        ROOMS + "transport")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOMS + "chain")
                .check(INTERCEPTOR);
        noClasses()
                .that()
                .resideInAnyPackage(ROOMS + "call", ROOMS + "body")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOMS + "cache..", ROOMS + "keys", ROOMS + "limit", ROOMS + "meter", ROOMS + "transport")
                .check(INTERCEPTOR);
        noClasses()
                .that()
                .resideInAPackage(ROOMS + "body")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOMS + "call")
                .check(INTERCEPTOR);
    }

    @Test
    void interceptors_are_final_and_nobody_touches_okhttps_insides() {
        classes()
                .that()
                .areAssignableTo(Interceptor.class)
                .and()
                .doNotBelongToAnyOf(CallInterceptor.class)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(INTERCEPTOR);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3.internal..", "okio.internal..")
                .check(INTERCEPTOR);
    }
}
