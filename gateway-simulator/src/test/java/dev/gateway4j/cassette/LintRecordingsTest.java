package dev.gateway4j.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.CassetteConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lint over recordings of others: what is found there is there, and legal oddities are not found. */
@Tag("recordings")
class LintRecordingsTest {
    private static final Path RECORDINGS =
            Path.of(System.getProperty("gateway4j.shared", "../../shared"), "data", "cassettes");

    @BeforeEach
    void recordings_are_there() {
        assumeTrue(Files.isDirectory(RECORDINGS), "no recordings at " + RECORDINGS.toAbsolutePath());
    }

    @Test
    void every_stream_and_every_body_of_other_recorders_can_be_read() {
        CareReport report = lint("");

        assertThat(report.findings())
                .extracting(Finding::rule)
                .doesNotContain(
                        "unreadable",
                        "bad-name",
                        "bad-event",
                        "cut-event",
                        "no-event",
                        "no-end",
                        "bad-json",
                        "wrong-encoding",
                        "bad-url",
                        "bad-method",
                        "bad-code",
                        "wrong-id",
                        "empty");
    }

    @Test
    void the_only_lengths_that_are_not_true_are_those_of_some_requests() {
        List<Finding> stale = lint("").findings().stream()
                .filter(found -> found.rule().equals("stale-length"))
                .toList();

        assertThat(stale).isNotEmpty().allSatisfy(found -> {
            assertThat(found.cassette()).contains("TestGoogleCommon/vertex-gemini");
            assertThat(found.place()).isEqualTo("/interactions/1/request/content_length");
        });
    }

    @Test
    void nothing_is_ambiguous_in_the_corpus_of_the_test_server() {
        assertThat(lint("envoy").findings())
                .extracting(Finding::rule)
                .doesNotContain("ambiguous", "unreachable", "duplicate", "stale-length");
    }

    private static CareReport lint(String folder) {
        Path directory = RECORDINGS.resolve(folder);
        return CassetteLint.of(CassetteConfig.in(directory.toString()), ManualTime.standing())
                .check(Cassettes.at(directory));
    }
}
