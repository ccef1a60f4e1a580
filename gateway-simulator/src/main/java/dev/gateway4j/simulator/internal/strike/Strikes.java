package dev.gateway4j.simulator.internal.strike;

import dev.gateway4j.api.WireHeaders;
import dev.gateway4j.api.spi.FaultKind;
import dev.gateway4j.api.spi.Frame;
import dev.gateway4j.api.spi.Frames;
import dev.gateway4j.api.spi.WireAnswer;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.simulator.internal.fault.FaultName;
import dev.gateway4j.simulator.internal.fault.FaultText;
import dev.gateway4j.simulator.internal.fault.Setting;
import dev.gateway4j.simulator.internal.http.Exchange;
import dev.gateway4j.simulator.internal.json.Json;
import dev.gateway4j.simulator.internal.request.ApiError;
import dev.gateway4j.simulator.internal.request.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Lets faults strike. Every body that a fault changes is changed as it is pulled, and is closed once, by whoever pulls it. */
public final class Strikes {
    private static final String EVENTS = "text/event-stream";

    private Strikes() {}

    /**
     * What comes in place of an answer, if a fault wants that; the first decides.
     *
     * @param after how long an error takes
     */
    public static Optional<WireAnswer> instead(Exchange exchange, long after) {
        for (FaultText fault : exchange.strikes()) {
            if (fault.name().place() == FaultName.Place.CONNECTION) {
                long due = exchange.arrived() + fault.duration(Setting.BY).toNanos();
                return Optional.of(new Frame.Fault(due, kind(fault.name())));
            }
            if (fault.name().place() == FaultName.Place.ANSWER) {
                return Optional.of(ErrorAnswers.of(exchange, fault, after));
            }
        }
        return Optional.empty();
    }

    /** A reply as the faults leave it. */
    public static WireReply upon(Exchange exchange, WireReply reply) {
        WireReply struck = reply;
        for (FaultText fault : exchange.strikes()) {
            if (fault.name().place() == FaultName.Place.REPLY) {
                struck = new Struck(exchange, struck, fault).reply();
            }
        }
        return struck;
    }

    private static FaultKind kind(FaultName name) {
        return switch (name) {
            case REFUSED -> FaultKind.CONNECT_REFUSED;
            case UNKNOWN_HOST -> FaultKind.UNKNOWN_HOST;
            case RESET -> FaultKind.RESET;
            case TIMEOUT -> FaultKind.STALL;
            default -> FaultKind.CUT;
        };
    }

    /** One fault at work on one reply. */
    private record Struck(Exchange exchange, WireReply before, FaultText fault) {
        WireReply reply() {
            return switch (fault.name()) {
                case SLOW -> later(nanos(), nanos());
                case SLOW_BODY -> later(0, nanos());
                case STALL -> broken(BreakOff::nothing, Optional.of(FaultKind.STALL));
                case CUT -> broken(BreakOff::nothing, Optional.of(FaultKind.CUT));
                case CUT_EVENT -> broken(BreakOff::half, Optional.of(FaultKind.CUT));
                case CUT_CHARACTER -> broken(BreakOff::insideCharacter, Optional.of(FaultKind.CUT));
                case CUT_LINE -> broken(BreakOff::insideLineBreak, Optional.of(FaultKind.CUT));
                case RESET_BODY -> broken(BreakOff::nothing, Optional.of(FaultKind.RESET));
                case TRUNCATE -> broken(BreakOff::half, Optional.empty());
                case SHORT_BODY -> shortened();
                case ERROR_EVENT -> failing(ErrorKind.SERVER.with(exchange.requestId()));
                case ERROR_EVENT_OVERLOADED -> failing(ErrorKind.OVERLOADED.with());
                case ERROR_EVENT_QUOTA -> failing(ErrorKind.QUOTA.with());
                case MALFORMED -> events((index, event) -> List.of(index == after() ? malformed(event) : event));
                case NO_DONE -> events((index, event) -> isLast(event) ? List.of() : List.of(event));
                case DONE_TWICE -> events((index, event) -> isLast(event) ? List.of(event, event) : List.of(event));
                case COMMENTS -> events((index, event) -> List.of(Json.bytes(": keep-alive\n\n"), event));
                case DUPLICATE -> events((index, event) -> index == after() ? List.of(event, event) : List.of(event));
                case GAP -> events((index, event) -> index == after() ? List.of() : List.of(event));
                case PIECES -> with(new Replaced(before.frames(), (index, chunk) -> pieces(chunk)));
                case GZIP -> gzipped(false);
                case GZIP_CUT -> gzipped(true);
                case BAD_ARGUMENTS -> rewritten(Rewrites::badArguments);
                case EMPTY_CONTENT -> rewritten(Rewrites::emptied);
                case FINISH_LENGTH -> finished("length", "max_output_tokens");
                case FINISH_CONTENT_FILTER -> finished("content_filter", "content_filter");
                default -> before;
            };
        }

        private int after() {
            return fault.number(Setting.AFTER);
        }

        private long nanos() {
            return fault.duration(Setting.BY).toNanos();
        }

        private WireReply later(long headers, long body) {
            return new WireReply(
                    before.status(), before.headers(), before.dueNanos() + headers, new Later(before.frames(), body));
        }

        /** A body that is no stream is one unit, and breaks in its middle whatever breaks it. */
        private WireReply broken(UnaryOperator<byte[]> part, Optional<FaultKind> kind) {
            boolean characters = fault.name() == FaultName.CUT_CHARACTER;
            return with(
                    streams()
                            ? new BreakOff(units(), after(), part, kind)
                            : new BreakOff(units(), 0, characters ? part : BreakOff::half, kind));
        }

        private WireReply shortened() {
            if (streams()) {
                return broken(BreakOff::half, Optional.of(FaultKind.CUT));
            }
            // The length has to be told before the body, which is whole already.
            Frames whole = units();
            Frame frame = whole.next();
            if (!(frame instanceof Frame.Chunk chunk)) {
                return with(whole);
            }
            WireHeaders headers = before.headers()
                    .without("content-length")
                    .with("content-length", Integer.toString(chunk.bytes().length));
            Frames cut = new BreakOff(new Again(chunk, whole), 0, BreakOff::half, Optional.of(FaultKind.CUT));
            return new WireReply(before.status(), headers, before.dueNanos(), cut);
        }

        private WireReply failing(ApiError error) {
            return streams() ? with(new ErrorEvents(units(), error, after(), exchange.newFamily())) : before;
        }

        private WireReply events(Replaced.Replacement replacement) {
            return streams() ? with(new Replaced(units(), replacement)) : before;
        }

        private WireReply finished(String chat, String response) {
            return rewritten(
                    exchange.newFamily()
                            ? text -> Rewrites.incomplete(text, response)
                            : text -> Rewrites.finished(text, chat));
        }

        private WireReply rewritten(UnaryOperator<String> change) {
            boolean text = streams() || type().startsWith("application/json");
            return text && before.status() == 200
                    ? with(new Replaced(
                            units(),
                            (index, unit) ->
                                    List.of(Json.bytes(change.apply(new String(unit, StandardCharsets.UTF_8))))))
                    : before;
        }

        /** OkHttp and its like undo compression outside of where a gateway answers, so who asks for none gets the effect without it. */
        private WireReply gzipped(boolean cut) {
            boolean accepted = exchange.request()
                    .headers()
                    .first("accept-encoding")
                    .map(value -> value.toLowerCase(Locale.ROOT).contains("gzip"))
                    .orElse(false);
            if (!accepted) {
                return cut ? broken(BreakOff::half, Optional.of(FaultKind.CUT)) : before;
            }
            return new WireReply(
                    before.status(),
                    before.headers().without("content-length").with("content-encoding", "gzip"),
                    before.dueNanos(),
                    new Gzipped(before.frames(), cut));
        }

        private WireReply with(Frames frames) {
            return new WireReply(before.status(), before.headers(), before.dueNanos(), frames);
        }

        private Frames units() {
            return new Units(before.frames(), streams());
        }

        private boolean streams() {
            return type().startsWith(EVENTS);
        }

        private String type() {
            return before.headers().first("content-type").orElse("");
        }

        private List<byte[]> pieces(byte[] chunk) {
            int size = fault.number(Setting.BYTES);
            int count = (chunk.length + size - 1) / size;
            byte[][] pieces = new byte[count][];
            for (int i = 0; i < count; i++) {
                pieces[i] = Arrays.copyOfRange(chunk, i * size, Math.min(chunk.length, (i + 1) * size));
            }
            return List.of(pieces);
        }

        private static boolean isLast(byte[] event) {
            String text = new String(event, StandardCharsets.UTF_8);
            return text.startsWith("data: [DONE]")
                    || text.startsWith("event: response.completed\n")
                    || text.startsWith("event: response.incomplete\n")
                    || text.startsWith("event: done\n");
        }

        /** The JSON ends in its middle, the event does not. */
        private static byte[] malformed(byte[] event) {
            String text = new String(event, StandardCharsets.UTF_8).stripTrailing();
            int data = text.indexOf("data: ") + "data: ".length();
            return Json.bytes(text.substring(0, data + (text.length() - data) / 2) + "\n\n");
        }
    }

    /** Frames of which one was looked at already. */
    private static final class Again implements Frames {
        private final Frames rest;
        private Optional<Frame> first;

        Again(Frame first, Frames rest) {
            this.first = Optional.of(first);
            this.rest = rest;
        }

        @Override
        public Frame next() {
            Frame frame = first.orElseGet(rest::next);
            first = Optional.empty();
            return frame;
        }

        @Override
        public void close() {
            rest.close();
        }
    }
}
