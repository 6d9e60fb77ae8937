package io.fdsentry.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Keeps an exposition within `metrics.max_series`: detail goes before counts, counts before verdicts, and within
/// each the healthy processes before the suspected ones. The order depends on nothing but the round, so that the
/// same series are left out at every scrape.
///
/// @param kept what is exported
/// @param dropped how many series are not
record Budget(List<Block> kept, int dropped) {
    private static final Comparator<Block> MOST_WANTED_FIRST = Comparator.comparing(
                    (Block block) -> block.family().rank())
            .thenComparing(block -> !block.suspected())
            .thenComparing(Block::family);

    /// Chooses among blocks given in the order of their processes.
    static Budget of(List<Block> blocks, int maxSeries) {
        int total = blocks.stream().mapToInt(block -> block.points().size()).sum();
        if (total <= maxSeries) {
            return new Budget(blocks, 0);
        }
        List<Block> kept = new ArrayList<>();
        int room = maxSeries;
        int dropped = 0;
        for (Block block : blocks.stream().sorted(MOST_WANTED_FIRST).toList()) {
            int size = block.points().size();
            if ((dropped == 0 && size <= room) || block.family().rank() == Rank.ALWAYS) {
                kept.add(block);
                room -= size;
            } else {
                dropped += size;
            }
        }
        return new Budget(kept, dropped);
    }
}
