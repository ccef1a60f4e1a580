package dev.gateway4j.simulator.internal.endpoint.realtime;

import dev.gateway4j.simulator.internal.chance.Draws;

/** Answers of WebRTC: every medium that is offered is accepted, towards a port where nobody listens. */
final class Sdp {
    private Sdp() {}

    static String answer(String offer, Draws draws) {
        StringBuilder answer = new StringBuilder("v=0\r\no=- " + (draws.bits() >>> 1) + " 2 IN IP4 127.0.0.1\r\n");
        answer.append("s=-\r\nt=0 0\r\n");
        offer.lines().filter(line -> line.startsWith("a=group:")).forEach(line -> line(answer, line));
        String user = draws.alphanumeric(4);
        String password = draws.alphanumeric(24);
        for (String line : offer.lines().toList()) {
            if (line.startsWith("m=")) {
                line(answer, line);
                line(answer, "c=IN IP4 127.0.0.1");
                line(answer, "a=ice-ufrag:" + user);
                line(answer, "a=ice-pwd:" + password);
                line(answer, "a=setup:passive");
            } else if (line.startsWith("a=mid:") || line.startsWith("a=rtpmap:") || line.equals("a=rtcp-mux")) {
                line(answer, line);
            }
        }
        return answer.toString();
    }

    private static void line(StringBuilder answer, String line) {
        answer.append(line).append("\r\n");
    }
}
