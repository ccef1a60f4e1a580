package dev.gateway4j.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.slf4j.LoggerFactory;

/** Turns the cost line on, down to an appender that formats it and writes it nowhere. */
final class CostLine extends UnsynchronizedAppenderBase<ILoggingEvent> {
    private long characters;

    private CostLine() {}

    static void on() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        CostLine appender = new CostLine();
        appender.setContext(context);
        appender.start();
        Logger logger = context.getLogger("dev.gateway4j.cost");
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
    }

    @Override
    protected void append(ILoggingEvent event) {
        characters += event.getFormattedMessage().length();
    }

    @Override
    public String toString() {
        return "CostLine[" + characters + " characters]";
    }
}
