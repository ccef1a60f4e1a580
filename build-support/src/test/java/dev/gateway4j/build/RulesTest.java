package dev.gateway4j.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.gateway4j.build.sample.Culprit;
import dev.gateway4j.build.sample.Surface;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final JavaClasses CULPRIT = new ClassFileImporter().importClasses(Culprit.class);

    @Test
    void each_rule_finds_its_culprit() {
        assertFinds(Rules.oneClock(), "nanoTime");
        assertFinds(Rules.oneReaderOfSettings(), "getProperty");
        assertFinds(Rules.chanceOnlyIn(), "Random");
        assertFinds(Rules.noThreadLocals(), "ThreadLocal");
        assertFinds(Rules.noSynchronizedMethods(), "calls()");
    }

    @Test
    void chance_is_allowed_where_it_is_named() {
        JavaClasses both = new ClassFileImporter().importClasses(Culprit.class, Surface.class);

        assertThat(Rules.chanceOnlyIn(Culprit.class.getName()).evaluate(both).hasViolation())
                .isFalse();
        assertThat(Rules.chanceOnlyIn(Surface.class.getName()).evaluate(both).hasViolation())
                .isTrue();
    }

    @Test
    void every_rule_lets_the_innocent_pass() {
        JavaClasses innocent = new ClassFileImporter().importClasses(Surface.class);

        assertThat(Rules.everywhere())
                .allSatisfy(rule ->
                        assertThat(rule.evaluate(innocent).hasViolation()).isFalse());
    }

    private static void assertFinds(ArchRule rule, String what) {
        assertThat(rule.evaluate(CULPRIT).getFailureReport().toString()).contains(what);
    }
}
