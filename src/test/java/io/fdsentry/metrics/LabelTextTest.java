package io.fdsentry.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LabelTextTest {
    @Test
    void ordinaryNamesStayAsTheyAre() {
        String name = "10.2.3.4:8006";
        assertSame(name, LabelText.of(name));
        assertEquals("f\u00fcr \u4e2d\u6587 \ud83d\ude00", LabelText.of("f\u00fcr \u4e2d\u6587 \ud83d\ude00"));
    }

    @Test
    void whatMovesACursorOrIsNoTextIsReplaced() {
        assertEquals("a\ufffd[31mb", LabelText.of("a\u001b[31mb"));
        assertEquals("a\ufffdb", LabelText.of("a\nb"));
        assertEquals("\ufffdx", LabelText.of("\ud800x"));
        assertEquals("\ufffdtxt.exe", LabelText.of("\u202etxt.exe"));
    }

    @Test
    void longValuesAreCutBetweenCharacters() {
        String cut = LabelText.of("\ud83d\ude00".repeat(300));
        assertTrue(cut.length() <= LabelText.LONGEST);
        assertTrue(cut.endsWith("\ud83d\ude00\u2026"));
        assertEquals(LabelText.LONGEST, LabelText.of("x".repeat(201)).length());
        assertEquals(LabelText.LONGEST, LabelText.of("x".repeat(200)).length());
    }
}
