package io.fdsentry.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarFormsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s",
        "0s, 0, 0s",
        "500ms, 500, 500ms",
        "90s, 90000, 1m30s",
        "5m, 300000, 5m",
        "1d2h, 93600000, 1d2h",
        "1h1ms, 3600001, 1h1ms",
        "2w, 1209600000, 14d",
        "1y2w3d4h5m6s7ms, 33019506007, 382d4h5m6s7ms",
        "007s, 7000, 7s"
    })
    void durationsAreWrittenAsInPrometheus(String text, long millis, String shortest) throws BadValue {
        assertEquals(Duration.ofMillis(millis), Durations.parse(text));
        assertEquals(shortest, Durations.format(Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "s", "1.5h", "1h 2m", "1m1h", "1S", "+1s", "-1s", "1s1s", "293y", "1ms1s", "١s"})
    void otherTextsAreNoDurations(String text) {
        assertThrows(BadValue.class, () -> Durations.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1B, 1",
        "100MB, 100000000",
        "100mB, 100000000",
        "64MiB, 67108864",
        "1.5GB, 1500000000",
        "0.5KiB, 512",
        "1 TiB, 1099511627776",
        "1kB, 1000",
        "9PB, 9000000000000000"
    })
    void sizesHaveAUnit(String text, long bytes) throws BadValue {
        assertEquals(bytes, Sizes.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "MB", "1M", "1Mi", "1mb", "1.0001KB", "-1KB", "10000PB", "1e3KB", "1,5GB", "1EB"})
    void otherTextsAreNoSizes(String text) {
        assertThrows(BadValue.class, () -> Sizes.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "interval, interval, 0",
        "intervall, interval, 1",
        "inetrval, interval, 1",
        "a, '', 1",
        "kitten, sitting, 3"
    })
    void distanceCountsEditsAndSwaps(String a, String b, int edits) {
        assertEquals(edits, Suggestion.distance(a, b));
        assertEquals(edits, Suggestion.distance(b, a));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]a]{1000}",
                "[^]a]{1000}",
                "\\({1000}",
                "a{2,}",
                "a{,3}",
                "(a|b){3}(c{4}){5}",
                "((((a))))",
                "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
            })
    void ordinaryExpressionsAreNotTooLarge(String text) throws BadValue {
        assertEquals(text, Regex.compile(text).pattern());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{1000}){1000}", "((a{100}){100}){100}", "(?:[ab]{500}){500}", "(a{9999999999}){2}"})
    void repetitionsOfRepetitionsAreRefused(String text) {
        assertThrows(BadValue.class, () -> Regex.compile(text));
        assertThrows(BadValue.class, () -> Regex.compile("(".repeat(2000) + "a" + ")".repeat(2000)));
    }
}
