package io.fdsentry.testing;

import io.fdsentry.model.Board;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Boards made from another board.
public final class Boards {
    private Boards() {}

    /// The same at another time.
    public static Board at(Board board, Instant at) {
        return with(board, at, board.snapshot().processes());
    }

    /// The same of other processes.
    public static Board of(Board board, List<ProcessSample> processes) {
        return with(board, board.snapshot().at(), processes);
    }

    /// The same with every process changed.
    public static Board with(Board board, UnaryOperator<ProcessSample> change) {
        return of(board, board.snapshot().processes().stream().map(change).toList());
    }

    /// A process by another name, which is its target's and its command's.
    public static ProcessSample renamed(ProcessSample process, String name) {
        return Changed.copied(process, process.id(), name);
    }

    /// So many processes, each like one of those given in turn, with numbers from 10000 on.
    public static List<ProcessSample> copies(List<ProcessSample> processes, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    ProcessSample process = processes.get(i % processes.size());
                    return Changed.copied(process, new ProcessId(10000 + i, i), process.target());
                })
                .toList();
    }

    private static Board with(Board board, Instant at, List<ProcessSample> processes) {
        Snapshot round = board.snapshot();
        Snapshot next = new Snapshot(
                at,
                round.monotonicNanos(),
                round.took(),
                processes,
                round.targets(),
                round.namespaces(),
                round.errors(),
                round.coverage(),
                round.details());
        return new Board(next, board.verdicts(), board.findings(), board.config());
    }
}
