package dev.gateway4j.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTextTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            429                                | 429-tokens
            overloaded                         | 503
            incomplete                         | finish-length
            cut after=3 events p=0.10          | cut after=3 p=0.1
            cut model=gpt-4o* p=25%            | cut p=0.25 model=gpt-4o*
            slow by=1500ms                     | slow by=1.5s
            503 burst=0.05/0.20/90s            | 503 burst=0.05/0.2/1m30s
            500 user="anna b" first=2          | 500 first=2 user="anna b"
            refused to=1h from=0s              | refused from=0s to=1h0m0s
            """)
    void a_text_has_one_form_that_reads_back(String text, String form) {
        Fault fault = Fault.parse(text);

        assertThat(fault).hasToString(form);
        assertThat(Fault.parse(form)).isEqualTo(fault).hasSameHashCodeAs(fault);
    }

    @Test
    void every_fault_reads_back_with_every_setting() {
        for (String name : Fault.names()) {
            Fault fault = Fault.named(name)
                    .probability(0.25)
                    .nth(2)
                    .first(3)
                    .every(4)
                    .tries(5)
                    .window(Duration.ofSeconds(1), Duration.ofMinutes(2))
                    .burst(0.1, 0.5, Duration.ofSeconds(10))
                    .endpoint("/v1/chat/*")
                    .model("gpt-4o*")
                    .key("sk-test-blue-*")
                    .user("anna")
                    .tenant("a b")
                    .feature("search");

            assertThat(Fault.parse(fault.toString())).isEqualTo(fault);
        }
    }

    @Test
    void an_unknown_name_lists_the_nearest_and_all() {
        assertThatThrownBy(() -> Fault.parse("429-token"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("there is no fault \"429-token\"; the nearest are 429-tokens")
                .hasMessageContaining("All: 400-json, ")
                .hasMessageContaining("finish-content-filter");
    }

    @Test
    void an_unknown_name_among_faults_and_presets_lists_both() {
        Sim sim = Sim.standard();

        assertThatThrownBy(() -> sim.faults().add("500; bad-afternon"))
                .hasMessageContaining("the nearest are bad-afternoon");
        assertThat(sim.faults().list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cut after=-1",
                "cut after=x",
                "cut p=1.5",
                "cut p=",
                "cut after=1 after=2",
                "500 after=1",
                "cut soon",
                "cut aftr=1",
                "slow by=5",
                "500 burst=0.6/0.6/1s",
                "500 burst=0.1/0.1/0s",
                "500 nth=0",
                "slow by=999999999h",
                "500 burst=0.1/0.1/721h",
                "500 user=\"anna"
            })
    void a_text_that_does_not_work_is_refused_with_the_reason(String text) {
        assertThatThrownBy(() -> Fault.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).{20,}");
    }

    @Test
    void every_preset_works_and_reads_back() {
        assertThat(Faults.presets())
                .contains("bad-afternoon", "rate-limited", "flaky-streams", "outage", "slow", "sloppy-model");
        for (String preset : Faults.presets()) {
            Faults faults = Sim.standard().faults().preset(preset);

            assertThat(faults.list()).as(preset).isNotEmpty();
            assertThat(Sim.standard().faults().add(faults.toString())).hasToString(faults.toString());
        }
    }

    @Test
    void faults_come_and_go() {
        Faults faults = Sim.standard().faults().add(Fault.named("500")).add("cut after=1; 503 first=1");

        assertThat(faults.remove(Fault.parse("cut after=1"))).isTrue();
        assertThat(faults.remove(Fault.parse("cut after=1"))).isFalse();
        assertThat(faults).hasToString("500; 503 first=1");

        faults.clear();
        assertThat(faults.list()).isEmpty();
    }
}
