package io.fdsentry.cli.inspect;

import io.fdsentry.model.Board;
import io.fdsentry.model.Finding;
import io.fdsentry.model.ProcessSample;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/// What was seen of some processes, and who saw it.
///
/// @param source words that say who looked, such as `the daemon at 127.0.0.1:10177`
/// @param board what was seen; findings only where a daemon has watched for a while
/// @param wanted which processes of the board were asked for
record Look(String source, Board board, Predicate<ProcessSample> wanted) {
    Instant at() {
        return board.snapshot().at();
    }

    /// Those that were asked for.
    List<ProcessSample> processes() {
        return board.snapshot().processes().stream().filter(wanted).toList();
    }

    /// The diagnoses of one process, worst first.
    List<Finding> findings(ProcessSample process) {
        return board.findings().stream()
                .filter(finding -> finding.process().equals(process.id()))
                .sorted(Comparator.comparing(Finding::state).reversed())
                .toList();
    }
}
