package dev.gateway4j.testkit;

import static dev.gateway4j.testkit.Recordings.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.TimeSource;
import dev.gateway4j.api.spi.StandIn;
import dev.gateway4j.api.spi.WireReply;
import dev.gateway4j.cassette.CassettePlayer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The player sits the same exam as everybody else's stand-in, in both of its forms. */
class CassettePlayerContractTest {
    @TempDir
    Path directory;

    @BeforeEach
    void record() {
        ManualTime time = ManualTime.standing();
        String chats = "https://api.openai.com/v1/chat/completions";
        CassettePlayer nothing = CassettePlayer.builder().directory(directory).build();
        String plain = new String(new Exam(nothing).requests(time).get(0).body(), StandardCharsets.UTF_8);
        String streamed = new String(new Exam(nothing).requests(time).get(1).body(), StandardCharsets.UTF_8);
        Recordings.save(
                directory,
                "contract",
                exchange(plain, Recordings.HI),
                exchange("POST", chats, streamed, "text/event-stream", Recordings.STREAM),
                exchange("GET", "https://api.openai.com/v1/models", "", "application/json", "{\"data\":[]}"));
    }

    @Nested
    class Ours extends StandInContract {
        @Override
        protected StandIn standIn(TimeSource time) {
            return CassettePlayer.builder()
                    .directory(directory)
                    .time(time)
                    .timing("recorded")
                    .build();
        }

        @Test
        void the_questions_of_the_exam_are_answered() {
            assertAllAnswered(this);
        }
    }

    @Nested
    class Compatible extends StandInContract {
        @Override
        protected StandIn standIn(TimeSource time) {
            return CassettePlayer.builder()
                    .directory(directory)
                    .time(time)
                    .compatible(directory.toString())
                    .build();
        }

        @Test
        void the_questions_of_the_exam_are_answered() {
            assertAllAnswered(this);
        }
    }

    /** An exam whose questions all end in a refusal would examine nothing. */
    private static void assertAllAnswered(StandInContract exam) {
        ManualTime time = ManualTime.standing();
        try (StandIn standIn = exam.standIn(time)) {
            assertThat(exam.requests(time)).allSatisfy(request -> assertThat(standIn.answer(request))
                    .isInstanceOfSatisfying(WireReply.class, reply -> {
                        reply.frames().close();
                        assertThat(reply.status()).isEqualTo(200);
                    }));
        }
    }

    private static final class Exam extends StandInContract {
        private final StandIn standIn;

        Exam(StandIn standIn) {
            this.standIn = standIn;
        }

        @Override
        protected StandIn standIn(TimeSource time) {
            return standIn;
        }
    }
}
