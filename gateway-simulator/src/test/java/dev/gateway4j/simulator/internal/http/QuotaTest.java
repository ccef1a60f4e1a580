package dev.gateway4j.simulator.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void durations_are_printed_as_go_does() {
        assertThat(Quota.duration(0)).isEqualTo("0s");
        assertThat(Quota.duration(17)).isEqualTo("17ms");
        assertThat(Quota.duration(6_596)).isEqualTo("6.596s");
        assertThat(Quota.duration(64_800)).isEqualTo("1m4.8s");
        assertThat(Quota.duration(60_000)).isEqualTo("1m0s");
        assertThat(Quota.duration(20_000)).isEqualTo("20s");
    }
}
