package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.RecordedRequest;
import java.util.List;

/** What has to be equal for a recording to answer a request. Immutable and thread-safe. */
public final class MatchRules {
    private static final MatchRules COMPATIBLE = new MatchRules(new TheirManner(), CassetteConfig.Match.STRICT);

    private final Manner manner;
    private final CassetteConfig.Match settings;

    private MatchRules(Manner manner, CassetteConfig.Match settings) {
        this.manner = manner;
        this.settings = settings;
    }

    /** Rules as the settings have them. */
    public static MatchRules of(CassetteConfig.Match settings) {
        return new MatchRules(new OurManner(settings), settings);
    }

    /** Exactly the rules of Envoy AI Gateway's test server. */
    public static MatchRules compatible() {
        return COMPATIBLE;
    }

    /** A request of now, prepared for comparison. */
    public Question question(WireRequest request) {
        return manner.live(this, Asked.of(request, settings.headers()));
    }

    /** A recorded request, prepared for comparison. */
    public Question question(String cassette, RecordedRequest request) {
        return manner.recorded(this, Asked.of(cassette, request));
    }

    /** True if the recording answers the request. Both are questions of these rules. */
    public boolean matches(Question asked, Question recorded) {
        return manner.same(asked, recorded);
    }

    /** A key for a recorded request: recordings whose keys are equal answer the same requests. */
    public Object twin(Question recorded) {
        List<List<String>> headers = settings.headers().stream()
                .map(name -> recorded.asked().header(name))
                .toList();
        return new Twin(recorded, headers, manner.spelled(recorded));
    }

    /** In what the two differ, the most telling first, a thousand at most; empty exactly if they match. */
    public List<Difference> differences(Question asked, Question recorded) {
        return found(asked, recorded).stream().map(Found::difference).toList();
    }

    List<Found> found(Question asked, Question recorded) {
        return manner.differences(asked, recorded).stream().sorted(Found.ORDER).toList();
    }

    CassetteConfig.Match settings() {
        return settings;
    }

    @Override
    public String toString() {
        return "MatchRules[" + manner + "]";
    }
}
