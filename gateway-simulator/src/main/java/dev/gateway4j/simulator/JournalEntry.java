package dev.gateway4j.simulator;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.simulator.internal.journal.AnswerText;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.scenario.ScenarioText;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request and its answer. Credentials and known secrets are taken out of all of it. Immutable.
 *
 * @param number which request it was, counted from 1
 * @param arrived when it arrived
 * @param callId the id of the call in the gateway's reports
 * @param method the HTTP method
 * @param path the path as it was sent
 * @param query the query as it was sent, without credentials
 * @param endpoint the path in one form, such as {@code /v1/chat/completions}
 * @param headers the headers of the request
 * @param body its body, not to be modified; one of more than 256 KB only says so
 * @param reply the answer
 * @param origin where the answer comes from
 */
@SuppressWarnings("ArrayRecordComponent") // identity is enough: entries are read, never compared
public record JournalEntry(
        long number,
        Instant arrived,
        String callId,
        String method,
        String path,
        String query,
        String endpoint,
        WireHeaders headers,
        byte[] body,
        Reply reply,
        Origin origin) {

    /** The model that is asked for, if the body names one. */
    public Optional<String> model() {
        return Json.read(body).map(json -> json.path("model").asText("")).filter(name -> !name.isEmpty());
    }

    /** The body as text. */
    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** What the user said last; empty if nothing. */
    public String userSaid() {
        return ScenarioText.lastUserMessage(endpoint, body);
    }

    /** What the answer says, put together if it was streamed. */
    public String text() {
        return AnswerText.of(reply.body()).text();
    }

    /** The tools the answer calls, put together if it was streamed. */
    public List<Answer.Call> toolCalls() {
        return AnswerText.of(reply.body()).calls();
    }

    /** The request as a command line that sends it again; the key is left to the shell. */
    public String curl() {
        StringBuilder curl = new StringBuilder("curl -N -X ").append(method).append(' ');
        curl.append(quoted("${SIMULATOR:-http://127.0.0.1:4010}", '"'));
        curl.append(quoted(path + (query.isEmpty() ? "" : "?" + query), '\''));
        curl.append(" \\\n  -H \"Authorization: Bearer ${OPENAI_API_KEY:-none}\"");
        for (Map.Entry<String, String> header : headers.entries()) {
            if (header.getKey().equalsIgnoreCase("content-type")
                    || header.getKey().toLowerCase(Locale.ROOT).startsWith("openai-")) {
                curl.append(" \\\n  -H ").append(quoted(header.getKey() + ": " + header.getValue(), '\''));
            }
        }
        if (body.length > 0) {
            if (headers.first("content-type").isEmpty()) {
                curl.append(" \\\n  -H 'Content-Type: application/json'");
            }
            curl.append(" \\\n  --data-binary ").append(quoted(bodyText(), '\''));
        }
        return curl.append('\n').toString();
    }

    /** The request and its answer as a scenario, ready to be put into a file. */
    public String scenario() {
        return ScenarioText.of(ScenarioText.suggestion(
                method, endpoint, headers, body, ScenarioText.nameFor(endpoint, body), answer()));
    }

    private Answer answer() {
        AnswerText said = AnswerText.of(reply.body());
        if (reply.status() != 200 || (said.text().isEmpty() && said.calls().isEmpty())) {
            Answer raw = Answer.status(Math.max(200, reply.status()));
            return Json.read(reply.body()).map(json -> raw.body((Object) json)).orElse(raw);
        }
        Answer answer = said.text().isEmpty() ? Answer.ordinary() : Answer.text(said.text());
        for (Answer.Call call : said.calls()) {
            Object arguments = Json.read(Json.bytes(call.arguments()))
                    .<Object>map(json -> json)
                    .orElse(call.arguments());
            answer = answer.andCall(call.name(), arguments);
        }
        return answer;
    }

    private static String quoted(String text, char quote) {
        return quote + (quote == '\'' ? text.replace("'", "'\\''") : text) + quote;
    }

    /** One line: number, method, endpoint, status and where the answer comes from. */
    @Override
    public String toString() {
        return "#" + number + " " + method + " " + endpoint
                + model().map(name -> " " + name).orElse("") + " → "
                + reply.status() + " (" + origin.answeredBy() + ")"
                + origin.nearest().map(miss -> "; " + miss).orElse("");
    }

    /**
     * An answer.
     *
     * @param status the HTTP status; 0 if the connection failed before it
     * @param headers its headers
     * @param body what was pulled of its body so far, not to be modified; at most 256 KB
     * @param ending {@code complete}, {@code open} while it is being read, {@code closed early}, or {@code failed: } and how
     * @param cut true if more was pulled than is kept
     * @param first how long after the request its headers were due
     * @param last how long after the request the last part that was pulled was due
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is enough: entries are read, never compared
    public record Reply(
            int status, WireHeaders headers, byte[] body, String ending, boolean cut, Duration first, Duration last) {
        /** The body as text. */
        public String bodyText() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /**
     * Where an answer comes from.
     *
     * @param answeredBy the source, such as {@code scenario weather, answer 1}, {@code template 10-rest.yaml} or {@code generated}
     * @param scenario the scenario that answered
     * @param rivals scenarios that matched as well and weigh the same
     * @param fault the fault that struck the answer, as its scenario names it
     * @param unmatched true if there were scenarios and none matched
     * @param nearest then, the one that came nearest
     * @param seed the seed of the run
     * @param occurrence how many equal requests came before
     */
    public record Origin(
            String answeredBy,
            Optional<String> scenario,
            List<String> rivals,
            Optional<String> fault,
            boolean unmatched,
            Optional<NearMiss> nearest,
            long seed,
            long occurrence) {
        /** Copies the list. */
        public Origin {
            rivals = List.copyOf(rivals);
        }
    }

    /**
     * A scenario that almost matched.
     *
     * @param scenario its name
     * @param held the weight of its conditions that held
     * @param failed its conditions that did not, each with what was found instead
     */
    public record NearMiss(String scenario, int held, List<String> failed) {
        /** Copies the list. */
        public NearMiss {
            failed = List.copyOf(failed);
        }

        /** A sentence for messages. */
        @Override
        public String toString() {
            return "The nearest is \"" + scenario + "\": " + String.join("; ", failed) + ".";
        }
    }
}
