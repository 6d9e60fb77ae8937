package io.fdsentry.logfmt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lines as they are written, figures and hostile text included.
class LogfmtLineTest {
    @Test
    void aLineHasAMessageAndPairs() {
        assertEquals(
                "msg=\"sampling\" targets=3",
                new LogfmtLine("sampling").pair("targets", 3).toString());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "plain        | plain",
                "10.2.3.4:80  | 10.2.3.4:80",
                "two words    | \"two words\"",
                "a=b          | \"a=b\"",
                "a\"b         | \"a\\\"b\"",
                "a\\b         | \"a\\\\b\"",
                "``           | ``",
                "päth         | päth",
            })
    void valuesAreQuotedWhereTheyMustBe(String value, String written) {
        assertEquals(written, valueOf(value));
    }

    @Test
    void whatWouldMoveATerminalIsEscaped() {
        assertEquals("\"a\\u001b[2Jb\"", valueOf("a\u001b[2Jb"));
        assertEquals("\"a\\nts=1 level=error\"", valueOf("a\nts=1 level=error"));
        assertEquals("\"\\r\\t\\u007f\\u009b\"", valueOf("\r\t\u007f\u009b"));
        assertEquals("\"\\u202etxt\"", valueOf("\u202etxt"));
        assertEquals("\"\\ud800\"", valueOf("\ud800"));
        assertEquals("\"\\u2028\"", valueOf("\u2028"));
    }

    @Test
    void keysNeverBreakALine() {
        String line = new LogfmtLine("m").pair("a b=\n\"", 1).pair("", 2).toString();
        assertTrue(line.endsWith(" a_b___=1 _=2"), line);
    }

    @Test
    void anErrorNamesItsCausesOnOneLine() {
        Exception error = new IllegalStateException("no round", new IOException("No such\nprocess"));
        LogfmtLine line = new LogfmtLine("m");
        ErrorText.append(line, error);
        assertTrue(
                line.toString()
                        .contains(" err=\"IllegalStateException: no round: caused by IOException: No such\\nprocess\""
                                + " at=io.fdsentry.logfmt.LogfmtLineTest.anErrorNames"),
                line.toString());
    }

    private static String valueOf(String value) {
        String line = new LogfmtLine("m").pair("k", value).toString();
        return line.substring(line.indexOf(" k=") + 3);
    }
}
