package io.fdsentry.metrics;

import io.fdsentry.config.Config;
import io.fdsentry.model.Board;
import io.fdsentry.model.ConfigStatus;
import io.fdsentry.model.Snapshot;
import java.util.ArrayList;
import java.util.List;

/// What a round tells besides its processes: targets, network namespaces, the round itself and the configuration.
final class WorldSeries {
    private WorldSeries() {}

    /// What stops when rounds are missed, as everything that is told of processes.
    static List<Block> ofTheHost(Board board, Config config, Subjects subjects) {
        List<Block> all = new ArrayList<>();
        for (var target : board.snapshot().targets()) {
            Blocks out = new Blocks(subjects.ofTarget(target.name()), false);
            out.add(Family.TARGET_PROCESSES, target.processes());
            out.add(Family.TARGET_UNDECIDED, target.undecided());
            all.addAll(out.all());
        }
        for (var target : config.targets()) {
            Blocks out = new Blocks(subjects.ofTarget(target.name()), false);
            target.require().stream().sorted().forEach(probe -> out.addInfo(Family.TARGET_REQUIRED, probe.label()));
            all.addAll(out.all());
        }
        for (var netns : board.snapshot().namespaces()) {
            Blocks out = new Blocks(subjects.constant(), false);
            netns.tcp().forEach((state, n) -> out.add(Family.NETNS_TCP_SOCKETS, n, netns.netns(), state.label()));
            all.addAll(out.all());
        }
        return all;
    }

    /// What goes on being told however old it is: how old it is.
    static List<Block> ofTheRound(Board board, Config config, Subjects subjects) {
        Snapshot snapshot = board.snapshot();
        ConfigStatus status = board.config();
        Blocks out = new Blocks(subjects.constant(), false);
        out.add(Family.LAST_SAMPLE, ProcessSeries.seconds(snapshot.at()));
        out.add(Family.SAMPLING_INTERVAL, config.sampling().interval().toMillis() / 1000.0);
        out.add(Family.SCAN_COVERAGE, snapshot.coverage());
        out.add(Family.RELOAD_SUCCESSFUL, status.lastReloadSuccessful() ? 1 : 0);
        out.add(Family.RELOAD_TIME, ProcessSeries.seconds(status.lastSuccess()));
        return out.all();
    }
}
