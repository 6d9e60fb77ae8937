package io.fdsentry.logfmt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What SLF4J and `java.util.logging` make of events, on standard error.
class LogfmtProviderTest {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Logger log = LoggerFactory.getLogger(LogfmtProviderTest.class);

    @BeforeEach
    void catchStandardError() {
        System.setErr(new PrintStream(err, false, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreStandardError() {
        System.setErr(before);
        LogLevel.setThreshold(LogLevel.INFO);
    }

    @Test
    void fluentEventsKeepTheirPairs() {
        log.atInfo().addKeyValue("target", "a b").addKeyValue("pid", 7).log("target {}", "appeared");
        assertEquals("level=info msg=\"target appeared\" target=\"a b\" pid=7\n", written());
    }

    @Test
    void plainCallsAreLinesToo() {
        log.warn("{} of {}", 1, 2);
        assertEquals("level=warn msg=\"1 of 2\"\n", written());
    }

    @Test
    void theLevelAppliesToLoggersThatAreAlreadyThere() {
        log.debug("no");
        log.atDebug().log("no");
        LogLevel.setThreshold(LogLevel.DEBUG);
        log.atDebug().log("yes");
        LogLevel.setThreshold(LogLevel.ERROR);
        log.warn("no");
        assertEquals("level=debug msg=\"yes\"\n", written());
    }

    @Test
    void anErrorStaysOnOneLineEvenWithItsStack() {
        LogLevel.setThreshold(LogLevel.DEBUG);
        log.atError().setCause(new IOException("gone")).log("round failed");
        String written = written();
        assertTrue(written.startsWith("level=error msg=\"round failed\" err=\"IOException: gone\" at="), written);
        assertTrue(written.contains(" stack=\"java.io.IOException: gone\\n\\tat "), written);
        assertEquals(1, written.lines().count());
    }

    @Test
    void theJdkSpeaksTheSameWay() {
        LogRecord event = new LogRecord(Level.SEVERE, "exception in {0}");
        event.setParameters(new Object[] {"exchange"});
        event.setThrown(new IllegalStateException("no answer"));
        new JulHandler().publish(event);
        String written = written();
        assertTrue(
                written.startsWith("level=error msg=\"exception in exchange\" err=\"IllegalStateException: no"),
                written);
    }

    @Test
    void aClientThatWentAwayIsNoError() {
        LogRecord event = new LogRecord(Level.SEVERE, "cannot send");
        event.setThrown(new IOException("Broken pipe"));
        new JulHandler().publish(event);
        assertEquals("", written());
    }

    /// Without the time, which is the first pair.
    private String written() {
        return err.toString(StandardCharsets.UTF_8).replaceAll("(?m)^ts=\\S+ ", "");
    }
}
