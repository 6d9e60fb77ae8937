package io.fdsentry.evidence;

import io.fdsentry.model.Board;
import io.fdsentry.model.Counted;
import io.fdsentry.model.CountsAt;
import io.fdsentry.model.EvidenceRecord;
import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.Occasion;
import java.util.List;
import java.util.Map;

/// Records made of boards.
final class Records {
    private Records() {}

    /// One of each process.
    static List<EvidenceRecord> of(Board board) {
        return board.snapshot().processes().stream()
                .map(process -> new EvidenceRecord(
                        Ids.of(board.snapshot().at(), process, Occasion.SUSPECTED),
                        board.snapshot().at(),
                        Occasion.SUSPECTED,
                        board.snapshot().at(),
                        process,
                        board.verdicts().getOrDefault(process.id(), List.of()),
                        board.findings().stream()
                                .filter(finding -> finding.process().equals(process.id()))
                                .toList(),
                        List.of(new CountsAt(board.snapshot().at(), Map.of(Counted.FDS, 3))),
                        Sampled.none(),
                        Sampled.none(),
                        ""))
                .toList();
    }
}
