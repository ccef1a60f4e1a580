package dev.gateway4j.cassette;

import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.internal.care.Linter;
import java.util.Collection;

/**
 * Looks through cassettes for what makes replay fail, mislead or leak: interactions that are doubled, ambiguous or never reached, bodies and
 * streams that cannot be read or broke off, lengths and encodings that are not true, recordings that are too old, and secrets. Changes
 * nothing and asks nobody. A file that cannot be read is a finding. Immutable and thread-safe.
 *
 * <pre>{@code
 * CareReport report = CassetteLint.of(config, TimeSource.system()).check(Cassettes.at(Path.of("cassettes")));
 * assertThat(report.clean()).as(report.text()).isTrue();
 * }</pre>
 */
public final class CassetteLint {
    private final CassetteConfig settings;
    private final TimeSource time;

    private CassetteLint(CassetteConfig settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    /**
     * Lint as these settings need it: {@code match} and {@code repeats} decide what is the same and what is reached, {@code expires_after}
     * what is too old.
     */
    public static CassetteLint of(CassetteConfig settings, TimeSource time) {
        return new CassetteLint(settings, time);
    }

    /** Looks at every cassette. */
    public CareReport check(Cassettes cassettes) {
        return check(cassettes, cassettes.names());
    }

    /** Looks at the cassettes of these names and compares them with one another. */
    public CareReport check(Cassettes cassettes, Collection<String> names) {
        return new Linter(settings, time.now()).check(cassettes, names);
    }

    @Override
    public String toString() {
        return "CassetteLint[repeats=" + settings.repeats() + ", expiresAfter=" + settings.expiresAfter() + "]";
    }
}
