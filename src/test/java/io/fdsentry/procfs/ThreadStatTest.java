package io.fdsentry.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadStatTest {
    private static final String REST =
            " 1 71 71 0 -1 4194560 3212 0 0 0 12 34 0 0 20 0 25 0 8123456 0 0 18446744073709551615 1 1 0 0";

    @ParameterizedTest
    @CsvSource({
        "pool-12-thread-3,pool-#-thread-#",
        "http-nio-8080-e,http-nio-#-e",
        "VM Thread,VM Thread",
        "G1 Conc#0,G# Conc##",
        "007,#",
        "a) b (c,a) b (c",
        "'',''"
    })
    void namesThatDifferInDigitsOnlyAreTheSame(String name, String folded) {
        assertEquals(folded, ThreadStat.foldedName(stat(name)));
    }

    @Test
    void whatATerminalMustNotSeeIsReplaced() {
        assertEquals("a\uFFFDb", ThreadStat.foldedName(stat("a\u001bb")));
    }

    @Test
    void stateAndStartAreFoundBehindAnyName() {
        byte[] stat = stat("a) S 1 2 (3");

        assertEquals('D', ThreadStat.state(stat));
        assertEquals(8123456, ThreadStat.startTicks(stat));
    }

    @Test
    void aCutFileHasNoStart() {
        assertEquals(0, ThreadStat.startTicks("7 (a) S 1 2 3".getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7 (a", "7 a) S", "7 (a)", ") ("})
    void somethingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> ThreadStat.checked(text.getBytes(UTF_8)));
    }

    private static byte[] stat(String name) {
        return ThreadStat.checked(("71 (" + name + ") D" + REST).getBytes(UTF_8));
    }
}
