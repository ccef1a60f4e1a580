package dev.gateway4j.cassette;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.lang.ArchRule;
import dev.gateway4j.build.Rules;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CassetteRoomsTest {
    private static final JavaClasses CASSETTES = Rules.classesIn("dev.gateway4j.cassette..");
    private static final String ROOMS = "dev.gateway4j.cassette.internal.";
    private static final List<String> ALL = List.of("format", "match", "scrub", "library", "replay", "record", "care");

    static Stream<ArchRule> everywhere() {
        return Rules.everywhere().stream();
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void the_rules_of_the_house_hold(ArchRule rule) {
        rule.check(CASSETTES);
    }

    @ParameterizedTest
    @CsvSource({
        "format,",
        "match,",
        "scrub,",
        "library, format match",
        "replay, library match scrub",
        "record, format match scrub"
    })
    void a_room_knows_only_the_rooms_below_it(String room, @Nullable String known) {
        Set<String> below = known == null ? Set.of() : Set.of(known.split(" "));
        String[] others = ALL.stream()
                .filter(other -> !other.equals(room) && !below.contains(other))
                .map(other -> ROOMS + other + "..")
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(ROOMS + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(CASSETTES);
    }

    @Test
    void rooms_do_not_go_round_in_circles() {
        slices().matching(ROOMS + "(*)..").should().beFreeOfCycles().check(CASSETTES);
    }

    @Test
    void one_room_knows_the_yaml_library() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOMS + "format..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml..")
                .check(CASSETTES);
    }

    @Test
    void they_know_neither_the_simulator_nor_a_client_and_open_no_socket_and_start_no_thread() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.gateway4j.simulator..", "okhttp3..", "okio..", "java.net.http..", "dev.gateway4j.okhttp..")
                .check(CASSETTES);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .check(CASSETTES);
        // The library asks the current thread for the class loader of the application, and nothing else.
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOMS + "library..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(CASSETTES);
        noClasses()
                .should()
                .callConstructorWhere(JavaCall.Predicates.target(
                        HasOwner.Predicates.With.owner(JavaClass.Predicates.assignableTo(Thread.class))))
                .check(CASSETTES);
    }

    @Test
    void the_simulator_knows_nothing_of_their_rooms() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.gateway4j.cassette.internal..")
                .check(Rules.classesIn("dev.gateway4j.simulator.."));
    }
}
