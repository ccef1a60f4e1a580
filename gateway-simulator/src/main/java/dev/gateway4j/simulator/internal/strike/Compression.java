package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.api.spi.WireRequest;
import java.util.Locale;

/**
 * Compresses JSON and plain text for clients that ask for it themselves. OkHttp and its like ask for it and undo it outside of where a gateway
 * answers, so that nothing is compressed for an application that leaves that to them. Streams are never compressed.
 */
public final class Compression {
    private static final String GZIP = "gzip";

    private Compression() {}

    /** The answer as this request asks for it. */
    public static WireAnswer of(WireRequest request, WireAnswer answer) {
        if (!(answer instanceof WireReply reply) || !accepts(request) || !compresses(reply.headers())) {
            return answer;
        }
        WireHeaders.Builder headers = WireHeaders.builder();
        reply.headers().entries().forEach(header -> headers.add(header.getKey(), header.getValue()));
        headers.add("content-encoding", GZIP).add("vary", "Accept-Encoding");
        return new WireReply(reply.status(), headers.build(), reply.dueNanos(), new Gzipped(reply.frames(), false));
    }

    private static boolean accepts(WireRequest request) {
        String accepted = request.headers().first("accept-encoding").orElse("").toLowerCase(Locale.ROOT);
        for (String one : accepted.split(",", -1)) {
            String coding = one.replace(" ", "");
            if (coding.equals(GZIP) || (coding.startsWith(GZIP + ";q=") && !coding.matches("gzip;q=0(\\.0*)?"))) {
                return true;
            }
        }
        return false;
    }

    /** A reply that tells its length was cut short on purpose, and one that is compressed is compressed. */
    private static boolean compresses(WireHeaders headers) {
        String type = headers.first("content-type").orElse("");
        return (type.startsWith("application/json") || type.startsWith("text/plain"))
                && headers.first("content-encoding").isEmpty()
                && headers.first("content-length").isEmpty();
    }
}
