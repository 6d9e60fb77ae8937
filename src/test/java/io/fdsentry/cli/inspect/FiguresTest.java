package io.fdsentry.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @Test
    void aCountIsShownAgainstItsLimit() {
        assertEquals("4,231 of 65,535 (6 %)", Figures.of(4231, 65535L));
        assertEquals("12, no limit", Figures.of(12, null));
        assertEquals("12 of 0 (1200 %)", Figures.of(12, 0L));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 0 %",
        "1, 1000, <1 %",
        "999, 1000, 99 %",
        "1000, 1000, 100 %",
        "1001, 1000, 100 %",
        "15, 10, 150 %"
    })
    void aShareNeverRoundsToNothingOrToFull(long part, long whole, String share) {
        assertEquals(share, Figures.percent(part, whole));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.9S, <1 s",
        "PT1S, 1 s",
        "PT59S, 59 s",
        "PT60S, 1 m",
        "PT61S, 1 m 1 s",
        "PT3H59M59S, 3 h 59 m",
        "P3DT4H59M, 3 d 4 h",
        "P400D, 400 d",
        "PT-5S, <1 s",
    })
    void anAgeHasItsTwoLargestUnits(Duration age, String text) {
        assertEquals(text, Figures.age(age));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1 KiB", "1048576, 1 MiB", "5000000000, '4,768 MiB'"})
    void bytesHaveAUnit(long bytes, String text) {
        assertEquals(text, Figures.bytes(bytes));
    }
}
