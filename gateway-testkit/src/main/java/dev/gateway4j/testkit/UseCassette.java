package dev.gateway4j.testkit;

import dev.gateway4j.api.config.CassetteConfig.Repeats;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives a test, or each test of a class, a gateway that replays one cassette; a test that says so itself goes before its class. For use
 * with {@link GatewayExtension}.
 *
 * <pre>{@code
 * @ExtendWith(GatewayExtension.class)
 * class WeatherTest {
 *     @Test
 *     @UseCassette
 *     void the_weather_is_told(OkHttpClient client) { ... }   // cassettes/WeatherTest/the_weather_is_told.yaml
 * }
 * }</pre>
 *
 * <p>With {@code -Dgateway.mode=record} the same test records its cassette, with the key of the environment {@code testing}. A call that the
 * cassette does not answer fails the test when it ends, even if the program under test swallowed the refusal; so does a recording that
 * could not be saved. Tests that name the same cassette record it together: the first one replaces what an earlier run recorded, the others
 * add to it, and it stays locked until the run has ended. Each test has a gateway of its own, so tests may run in parallel.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface UseCassette {
    /**
     * The name of the cassette; on a class, the cassette of all its tests. Unless it is set, each test has one: the name of the class, a
     * slash and the name of the method, with an underscore for what no name has; each invocation of a test that runs several times has a
     * number at the end.
     */
    String value() default "";

    /** Where cassettes lie, as {@code openai.cassettes.directory} says it; unless it is set, the settings say so. */
    String directory() default "";

    /**
     * Whether the test fails if it left an interaction of the cassette unplayed. Where a class names the cassette of all its tests, they are
     * judged together when the last one has ended, and the class fails; so it does if only some of them are run.
     */
    boolean allPlayed() default false;

    /** What a request gets that is asked again. */
    Repeats repeats() default Repeats.FIRST;
}
