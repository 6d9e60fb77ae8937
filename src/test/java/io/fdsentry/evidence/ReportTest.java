package io.fdsentry.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.LeakState;
import io.fdsentry.testing.RandomBoards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/evidence.txt");

    @Test
    void theReportIsAsReviewed() throws IOException {
        String now = Report.of(Story.record());
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, now);
        }
        assertEquals(Files.readString(GOLDEN), now);
    }

    @Test
    void itSaysTheSameWhenReadBack() throws IOException {
        EvidenceRecord back = Packed.read(Packed.pack(Packed.json(Story.record())));
        assertEquals(Report.of(Story.record()), Report.of(back));
    }

    @Test
    void whateverItTellsOfItIsPrintable() {
        RandomBoards boards = new RandomBoards(11);
        for (int i = 0; i < 50; i++) {
            for (EvidenceRecord evidence : Records.of(boards.next())) {
                String report = Report.of(evidence);
                assertTrue(report.chars().allMatch(c -> c == '\n' || !Character.isISOControl(c)), report);
                assertTrue(report.indexOf('\u202e') < 0, report);
            }
        }
    }

    @Test
    void figuresAreWrittenForPeople() {
        assertEquals(
                List.of("3 d 4 h", "5 min", "2 min 5 s", "1 h 1 min", "0 s"),
                List.of(273_600, 300, 125, 3_660, 0).stream()
                        .map(seconds -> Words.age(java.time.Duration.ofSeconds(seconds)))
                        .toList());
        assertEquals("+119 an hour", Words.growth(0.033));
        assertEquals("+2.6 a day", Words.growth(0.00003));
        assertEquals("", Words.left(Double.POSITIVE_INFINITY));
        assertEquals(LeakState.CONFIRMED, Story.record().state());
    }
}
