package dev.gateway4j.cassette.internal.match;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.call.CallTags;
import dev.gateway4j.api.config.CassetteConfig.BodyRule;
import dev.gateway4j.api.config.CassetteConfig.Match;
import dev.gateway4j.api.config.CassetteConfig.Same;
import dev.gateway4j.api.spi.WireRequest;
import dev.gateway4j.cassette.Fields;
import dev.gateway4j.cassette.RecordedBody;
import dev.gateway4j.cassette.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;

/** Requests of now and recorded ones. */
final class Requests {
    static final String CHAT = "/v1/chat/completions";
    static final String JSON = "application/json";
    static final MatchRules STRICT = MatchRules.of(Match.STRICT);

    private Requests() {}

    static WireRequest live(String method, String target, String contentType, byte[] body) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return new WireRequest(
                "call-1",
                1,
                method,
                "https",
                "gateway.test",
                path,
                question < 0 ? "" : target.substring(question + 1),
                path,
                contentType.isEmpty() ? WireHeaders.empty() : WireHeaders.of("content-type", contentType),
                CallTags.none(),
                body,
                0);
    }

    static WireRequest live(String target, String json) {
        return live("POST", target, JSON, bytes(json));
    }

    static RecordedRequest recorded(String method, String target, String contentType, byte[] body) {
        Fields headers =
                contentType.isEmpty() ? Fields.none() : new Fields(Map.of("Content-Type", List.of(contentType)));
        return RecordedRequest.of(method, "https://api.example.test" + target, headers, RecordedBody.of(body));
    }

    static RecordedRequest recorded(String target, String json) {
        return recorded("POST", target, JSON, bytes(json));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static MatchRules rules(BodyRule... rules) {
        return MatchRules.of(new Match(List.of(), false, List.of(rules)));
    }

    static BodyRule rule(String at, Same same) {
        return new BodyRule(at, same, Optional.empty(), OptionalDouble.empty());
    }

    static BodyRule close(String at, double tolerance) {
        return new BodyRule(at, Same.NUMBER, Optional.empty(), OptionalDouble.of(tolerance));
    }

    static BodyRule regex(String at, String regex) {
        return new BodyRule(at, Same.REGEX, Optional.of(regex), OptionalDouble.empty());
    }

    /** Whether a request finds a recording, as an index does: by fingerprint, then by comparison. Both ways must agree. */
    static boolean found(MatchRules rules, WireRequest live, RecordedRequest recorded) {
        return found(rules, live, "any", recorded);
    }

    static boolean found(MatchRules rules, WireRequest live, String cassette, RecordedRequest recorded) {
        Question asked = rules.question(live);
        Question question = rules.question(cassette, recorded);
        boolean matches = rules.matches(asked, question);
        boolean indexed =
                LongStream.of(asked.fingerprints()).anyMatch(fingerprint -> fingerprint == question.fingerprints()[0]);
        List<Difference> differences = rules.differences(asked, question);
        if (question.fingerprints().length != 1 || (matches && !indexed) || matches != differences.isEmpty()) {
            throw new AssertionError("matches=" + matches + " " + Arrays.toString(asked.fingerprints()) + " "
                    + Arrays.toString(question.fingerprints()) + " " + differences);
        }
        return matches;
    }

    static boolean found(MatchRules rules, String liveJson, String recordedJson) {
        return found(rules, live(CHAT, liveJson), recorded(CHAT, recordedJson));
    }

    static List<String> differences(MatchRules rules, String recordedJson, String liveJson) {
        return rules
                .differences(rules.question(live(CHAT, liveJson)), rules.question("any", recorded(CHAT, recordedJson)))
                .stream()
                .map(Difference::toString)
                .toList();
    }
}
