package dev.gateway4j.simulator.internal.timing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.simulator.internal.chance.Chance;
import dev.gateway4j.simulator.internal.chance.Draws;
import dev.gateway4j.simulator.internal.chance.Fingerprint;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a profile states follows from its numbers by integration; what is simulated is drawn. Both must agree. */
class QuantilesTest {
    private static final int CALLS = 10_000;
    private static final int OUTPUT = 200;
    private static final double[] SHARES = {0.1, 0.5, 0.9};

    static Stream<LatencyProfile> drawn() {
        return LatencyProfile.names().stream()
                .map(name -> LatencyProfile.named(name).orElseThrow())
                .filter(profile -> profile.core() > 0);
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void ten_thousand_whole_answers_land_within_five_percent_of_the_stated_quantiles(LatencyProfile profile) {
        double[] calls = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            calls[i] = Pace.of(profile, draws(i), 0, OUTPUT).whole(OUTPUT) / 1e6;
        }
        Arrays.sort(calls);

        double whole = profile.base() + profile.token() * OUTPUT;
        for (double share : SHARES) {
            double stated = stated(profile, share, whole, profile.spikeMean() * whole);
            assertThat(calls[(int) (share * CALLS)]).isCloseTo(stated, Percentage.withPercentage(5));
        }
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void ten_thousand_first_tokens_land_within_five_percent_of_the_stated_quantiles(LatencyProfile profile) {
        double[] calls = new double[CALLS];
        for (int i = 0; i < CALLS; i++) {
            calls[i] = Pace.of(profile, draws(i), 0, OUTPUT).first() / 1e6;
        }
        Arrays.sort(calls);

        double stall = profile.spikeMean() * (profile.base() + profile.token() * OUTPUT);
        for (double share : SHARES) {
            double stated = stated(profile, share, profile.base(), stall);
            assertThat(calls[(int) (share * CALLS)]).isCloseTo(stated, Percentage.withPercentage(5));
        }
    }

    @ParameterizedTest
    @MethodSource("drawn")
    void the_mean_gap_between_tokens_is_that_of_the_profile(LatencyProfile profile) {
        Pace pace = Pace.of(profile, new Draws(3), 0, OUTPUT);
        double sum = 0;
        int tokens = 400_000;
        for (int i = 0; i < tokens; i++) {
            sum += pace.gap(1) / 1e6;
        }

        double pauses = (1 - profile.join()) * profile.pause() * profile.pauseMean();
        assertThat(sum / tokens).isCloseTo(profile.token() + pauses, Percentage.withPercentage(1));
    }

    /** Draws as a call gets them: seeded by its request. */
    private static Draws draws(int call) {
        return new Chance(7, Fingerprint.of("call", Integer.toString(call)), 0).draws(Chance.Purpose.PACE);
    }

    /** The time that this share of answers takes at most: bisection on the distribution, which is integrated over the core. */
    private static double stated(LatencyProfile profile, double share, double undisturbed, double stallMean) {
        double low = 0;
        double high = 1e7;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (upTo(profile, middle, undisturbed, stallMean) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double upTo(LatencyProfile profile, double millis, double undisturbed, double stallMean) {
        double sum = 0;
        double mass = 0;
        for (double z = -6; z <= 6; z += 0.01) {
            double density = Math.exp(-z * z / 2);
            double core = undisturbed * Math.exp(profile.core() * z);
            double rest = millis - core;
            double stalled = rest <= 0 ? 0 : 1 - Math.exp(-rest / stallMean);
            sum += density * (rest < 0 ? 0 : 1 - profile.spike() + profile.spike() * stalled);
            mass += density;
        }
        return sum / mass;
    }
}
