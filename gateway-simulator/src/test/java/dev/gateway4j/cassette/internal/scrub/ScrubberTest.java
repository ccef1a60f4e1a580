package dev.gateway4j.cassette.internal.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.Secret;
import dev.gateway4j.api.config.CassetteConfig;
import dev.gateway4j.cassette.Interaction;
import dev.gateway4j.cassette.RecordedBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScrubberTest {
    /** Has no shape that anybody knows; only the scanner does. */
    private static final String REGISTERED = "canary*of*no*shape*0000";

    private static final Secret SECRET = Secret.of("canary", REGISTERED);
    private static final Scrubber SCRUBBER = Scrubber.of(CassetteConfig.Scrub.CREDENTIALS);

    static Stream<String> alone() {
        return Stream.concat(Canaries.ALONE.values().stream().sorted(), Stream.of(SECRET.reveal()));
    }

    @ParameterizedTest
    @MethodSource("alone")
    void a_canary_is_gone_from_every_place_and_was_seen_there_before(String canary) {
        Map<String, Interaction> places = places(canary);

        List<String> left = new ArrayList<>();
        List<String> unseen = new ArrayList<>();
        places.forEach((place, interaction) -> {
            Interaction clean = SCRUBBER.scrub(interaction);
            if (shows(clean, canary) || LeakGuard.find(clean).isPresent()) {
                left.add(place + " " + LeakGuard.find(clean));
            }
            if (LeakGuard.find(interaction).isEmpty()) {
                unseen.add(place);
            }
            assertThat(SCRUBBER.scrub(clean)).as(place).isEqualTo(clean);
        });

        assertThat(left).as("left").isEmpty();
        assertThat(unseen).as("unseen by the guard").isEmpty();
    }

    static Stream<String> marked() {
        return Stream.concat(Canaries.IN_TEXT.stream(), Canaries.MEMBERS.stream());
    }

    @ParameterizedTest
    @MethodSource("marked")
    void what_is_marked_goes_and_all_else_stays(String marked) {
        String text = marked.replaceAll("[«»]", "");

        for (boolean asked : new boolean[] {true, false}) {
            Interaction interaction =
                    asked ? Exchanges.asking(RecordedBody.of(text)) : Exchanges.answering(RecordedBody.of(text));
            Interaction clean = SCRUBBER.scrub(interaction);
            RecordedBody body =
                    asked ? clean.request().body() : clean.response().body();

            assertThat(body.text().orElseThrow()).matches(expected(marked));
            assertThat(SCRUBBER.scrub(clean)).isEqualTo(clean);
            assertThat(LeakGuard.find(clean)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("marked")
    void what_is_marked_goes_from_within_a_text_of_json_too(String marked) {
        String text = marked.replaceAll("[«»]", "");
        String json = "{\"content\":\"" + escaped(text) + "\"}";

        Interaction clean = SCRUBBER.scrub(Exchanges.answering(RecordedBody.of(json)));

        String said = clean.response().body().text().orElseThrow();
        String content = View.json(said, 12, said.length() - 2).text();
        assertThat(content).matches(expected(marked));
        assertThat(LeakGuard.find(clean)).isEmpty();
    }

    static Stream<String> innocent() {
        return Canaries.INNOCENT.stream();
    }

    @ParameterizedTest
    @MethodSource("innocent")
    void what_is_no_secret_stays_byte_for_byte(String innocent) {
        Interaction interaction = Exchanges.asking(RecordedBody.of(innocent));

        assertThat(SCRUBBER.scrub(interaction)).isEqualTo(interaction);
        assertThat(SCRUBBER.scrub(Exchanges.answering(RecordedBody.of(innocent))))
                .isEqualTo(Exchanges.answering(RecordedBody.of(innocent)));
        assertThat(LeakGuard.find(interaction)).isEmpty();
    }

    @Test
    void the_rest_of_a_body_stays_byte_for_byte() {
        String before = "{ \"n\" : 1.0e0,\r\n\t\"a\":\"\\u00e9é\\/\", \"k\":\"";
        String after = "\" , \"z\":[1 ,2], \"z\":{}}  \n";

        Interaction clean =
                SCRUBBER.scrub(Exchanges.asking(RecordedBody.of(before + "sk-proj-canary0000canary" + after)));

        assertThat(clean.request().body().text()).contains(before + "scrubbed" + after);
    }

    @Test
    void a_picture_stays_as_it_is_in_any_alphabet_and_layout() {
        byte[] picture = new byte[750_000];
        new java.util.Random(9).nextBytes(picture);
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder(), Base64.getMimeEncoder())) {
            String code = encoder.encodeToString(picture);
            Interaction interaction = Exchanges.asking(
                    RecordedBody.of("{\"url\":\"data:image/png;base64," + code.replace("/", "\\/") + "\"}"));

            assertThat(SCRUBBER.scrub(interaction)).isEqualTo(interaction);
            assertThat(LeakGuard.find(interaction)).isEmpty();
        }
    }

    private static Map<String, Interaction> places(String canary) {
        Map<String, Interaction> places = new LinkedHashMap<>();
        String percent = View.escaped(canary);
        String twice = everyPercent(canary);
        places.put("path", Exchanges.to(Exchanges.URL + "/" + percent + "/x"));
        places.put("query", Exchanges.to(Exchanges.URL + "?a=b&q=" + percent));
        places.put("escaped query", Exchanges.to(Exchanges.URL + "?a=b&q=x%20" + twice));
        places.put("parameter", Exchanges.to(Exchanges.URL + "?api%2Dkey=" + percent + "&a=b"));
        places.put("user", Exchanges.to("https://me:" + percent + "@api.openai.com/v1"));
        places.put("form", Exchanges.form("a=b&text=" + percent + "&c=d"));
        places.put("secret of a form", Exchanges.form("a=b&client_secret=" + percent));
        places.put("request header", Exchanges.requestHeader("User-Agent", "me/1.0 (" + canary + ")"));
        places.put("authorization", Exchanges.requestHeader("Authorization", "Bearer " + canary));
        places.put("response header", Exchanges.responseHeader("Location", "https://x.example.test/" + percent));
        places.put("cookie", Exchanges.responseHeader("Set-Cookie", "sid=" + canary));
        bodies(canary).forEach((place, body) -> {
            places.put(place + " asked", Exchanges.asking(body));
            places.put(place + " answered", Exchanges.answering(body));
        });
        return places;
    }

    private static Map<String, RecordedBody> bodies(String canary) {
        Map<String, RecordedBody> bodies = new LinkedHashMap<>();
        String basic = base64("<<" + canary + ">>: and more of it");
        bodies.put("text", RecordedBody.of("The key is " + canary + ", é."));
        bodies.put("json", RecordedBody.of("{\"messages\":[{\"content\":\"(" + canary + ")\"}]}"));
        bodies.put("named", RecordedBody.of("{\"openai_api_key\": \"" + canary + "\"}"));
        bodies.put("escaped", RecordedBody.of("{\"a\":\"\\n" + everyUnicode(canary) + "\"}"));
        bodies.put("json in json", RecordedBody.of("{\"arguments\":\"{\\\"a\\\":\\\"\\\\n" + canary + "\\\"}\"}"));
        bodies.put("base64", RecordedBody.of("{\"data\":\"data:text/plain;base64," + basic + "\"}"));
        bodies.put("base64 twice", RecordedBody.of("{\"data\":\"" + base64(basic) + "\"}"));
        bodies.put(
                "base64 lines",
                RecordedBody.of(
                        Base64.getMimeEncoder().encodeToString(utf8("é".repeat(20) + " " + canary + " é".repeat(40)))));
        bodies.put("events", RecordedBody.of("event: x\ndata: {\"delta\":\"" + canary + "\"}\n\ndata: [DONE]\n\n"));
        bodies.put("crlf events", RecordedBody.of("data: {\"delta\":\"" + canary + "\"}\r\n\r\ndata: [DONE]\r\n\r\n"));
        bodies.put("pieces", RecordedBody.of(pieces(canary, 3)));
        bodies.put("letters", RecordedBody.of(pieces(canary, 1)));
        bodies.put(
                "multipart",
                RecordedBody.of(
                        "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n" + canary + "\r\n--b--\r\n"));
        bodies.put("lines", RecordedBody.of("{\"a\":1}\n{\"a\":\"" + canary + "\"}\n"));
        bodies.put("zip", RecordedBody.of(Zips.zipped(utf8("{\"a\":\"" + canary + "\"}"))));
        bodies.put("binary", RecordedBody.of(binary(utf8(canary))));
        bodies.put("binary base64", RecordedBody.of(binary(utf8(basic))));
        bodies.put(
                "base64 binary",
                RecordedBody.of("{\"image\":\"" + Base64.getEncoder().encodeToString(binary(utf8(canary))) + "\"}"));
        return bodies;
    }

    private static String pieces(String canary, int size) {
        StringBuilder events = new StringBuilder();
        String said = "It is: " + canary + ", so.";
        for (int at = 0; at < said.length(); at += size) {
            String piece = said.substring(at, Math.min(at + size, said.length()));
            events.append("data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"")
                    .append(piece)
                    .append("\"}}]}\n\n");
        }
        return events + "data: [DONE]\n\n";
    }

    /** What an exchange shows to somebody who puts its pieces together. */
    private static boolean shows(Interaction clean, String canary) {
        String all = Exchanges.everything(clean);
        StringBuilder joined = new StringBuilder();
        for (Deltas.Joined text : Deltas.of(all)) {
            joined.append(text.text()).append('\n');
        }
        return all.contains(canary) || joined.toString().contains(canary);
    }

    private static String expected(String marked) {
        StringBuilder pattern = new StringBuilder();
        int at = 0;
        while (at < marked.length()) {
            int open = marked.indexOf('«', at);
            if (open < 0) {
                break;
            }
            // Beside a secret a little more may go; that is a matter of shape, not of what stands around it.
            pattern.append(java.util.regex.Pattern.quote(marked.substring(at, open)));
            pattern.append("[a-z0-]{0,20}");
            at = marked.indexOf('»', open) + 1;
        }
        pattern.append(java.util.regex.Pattern.quote(marked.substring(at)));
        return pattern.toString();
    }

    private static byte[] binary(byte[] inside) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 1, (byte) 0xff, (byte) 0xfe, (byte) 0x80, '"', 7});
        out.writeBytes(inside);
        out.writeBytes(new byte[] {0, (byte) 0xc3, '(', (byte) 0xff});
        return out.toByteArray();
    }

    private static String everyPercent(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append('%').append(Integer.toHexString(c)));
        return out.toString();
    }

    private static String everyUnicode(String text) {
        StringBuilder out = new StringBuilder();
        text.chars().forEach(c -> out.append("\\u00").append(Integer.toHexString(c)));
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("/", "\\/");
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
