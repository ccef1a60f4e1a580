package dev.gateway4j.okhttp.flow.limits;

import static dev.gateway4j.api.limit.LimitKind.REQUESTS;
import static dev.gateway4j.api.limit.LimitKind.TOKENS;
import static dev.gateway4j.api.limit.LimitScope.ENVIRONMENT;
import static dev.gateway4j.api.limit.LimitScope.USER;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gateway4j.api.ManualTime;
import dev.gateway4j.api.config.RateLimitConfig.OnLimit;
import dev.gateway4j.api.limit.LimitOutcome.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Limits that only look. */
@Timeout(60)
class ShadowTest {
    private final ManualTime time = ManualTime.standing();
    private final Script openai = Script.answering();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.gateway4j");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void a_call_over_a_limit_goes_on_and_the_report_says_so() throws IOException {
        House house = shadow();

        for (int i = 0; i < 10; i++) {
            assertThat(house.ask(Limited.ask())).isEqualTo(200);
        }

        assertThat(openai.asked()).isEqualTo(10);
        assertThat(house.reports().stream()
                        .map(report ->
                                report.attempts().get(0).limit().orElseThrow().decision()))
                .containsExactly(
                        Decision.ADMITTED,
                        Decision.ADMITTED,
                        Decision.SHADOWED,
                        Decision.SHADOWED,
                        Decision.SHADOWED,
                        Decision.SHADOWED,
                        Decision.SHADOWED,
                        Decision.SHADOWED,
                        Decision.SHADOWED,
                        Decision.SHADOWED);
        assertThat(house.lastOutcome().limit()).contains("per_user.requests_per_minute");
    }

    @Test
    void what_would_have_been_refused_takes_nothing() throws IOException {
        House house = shadow();
        house.ask(Limited.ask());
        house.ask(Limited.ask());
        long left = house.left(TOKENS);

        house.ask(Limited.ask());

        assertThat(house.left(TOKENS)).isEqualTo(left);
        assertThat(house.left(REQUESTS)).isZero();
    }

    @Test
    void it_is_warned_of_once_a_minute() throws IOException {
        House house = shadow();
        for (int i = 0; i < 10; i++) {
            house.ask(Limited.ask());
        }
        assertThat(warnings()).hasSize(1);
        assertThat(warnings().get(0))
                .startsWith("limit=per_user.requests_per_minute shadowed: per_user.requests_per_minute is 2 and user"
                        + " \"anna\" has used it up");

        time.advance(Duration.ofSeconds(61));
        for (int i = 0; i < 10; i++) {
            house.ask(Limited.ask());
        }

        assertThat(warnings()).hasSize(2);
    }

    @Test
    void the_cost_line_names_the_limit() throws IOException {
        House house = shadow();
        house.ask(Limited.ask());
        house.ask(Limited.ask());
        house.ask(Limited.ask());

        List<String> lines = log.list.stream()
                .filter(event -> event.getLoggerName().equals("dev.gateway4j.cost"))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).doesNotContain("limit=");
        assertThat(lines.get(2))
                .contains(" status=200 ")
                .contains(" limit=per_user.requests_per_minute ")
                .doesNotContain("waited_ms");
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("limit="))
                .toList();
    }

    private House shadow() {
        return new House(
                Limited.simulated(Limited.on(
                        OnLimit.SHADOW,
                        Limited.perMinute(USER, REQUESTS, 2),
                        Limited.perMinute(ENVIRONMENT, TOKENS, 1_000))),
                time,
                openai);
    }
}
