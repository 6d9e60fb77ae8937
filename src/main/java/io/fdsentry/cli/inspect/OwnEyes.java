package io.fdsentry.cli.inspect;

import io.fdsentry.cli.CommandFailed;
import io.fdsentry.config.Config;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.GoroutineSource;
import io.fdsentry.config.Selector;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Board;
import io.fdsentry.model.ConfigStatus;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.procfs.PidComm;
import io.fdsentry.procfs.PidExe;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.sample.Sampler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// A look of our own. The first takes two samples with a moment between them, since it takes two looks at the
/// socket tables to tell a dead socket from a new one; later ones remember.
final class OwnEyes implements AutoCloseable {
    /// So many processes of a name are looked into.
    private static final int MOST_CLOSELY = 20;

    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(200);

    private final Config config;
    private final ProcFs procfs;
    private final Sampler sampler;
    private Set<Integer> close = Set.of();
    private boolean looked;

    /// @param config whose targets are looked at where no process is named
    OwnEyes(Config config, Path procfs, Path rootfs) {
        this.config = waitingAtAll(config);
        this.procfs = new ProcFs(procfs);
        this.sampler = new Sampler(procfs, rootfs, InstantSource.system());
    }

    /// @throws CommandFailed if a wanted process cannot be looked at
    Look look(Wanted wanted) {
        if (!wanted.pids().isEmpty()) {
            return only(wanted);
        }
        Look look = sample(config, wanted);
        if (!wanted.isMetBy(look) && config.namesTargets()) {
            look = sample(with(List.of()), wanted);
        }
        return wanted.name() == null || config.namesTargets() ? look : closely(look, wanted);
    }

    /// Looks again at the few that a name was meant for, and at their goroutines too.
    private Look closely(Look first, Wanted wanted) {
        Set<Integer> pids =
                first.processes().stream().map(process -> process.id().pid()).collect(Collectors.toSet());
        if (pids.isEmpty() || pids.size() > MOST_CLOSELY) {
            return first;
        }
        looked &= pids.equals(close);
        close = pids;
        List<TargetConfig> each = new ArrayList<>();
        first.processes().forEach(process -> each.add(target(process.id().pid(), process.target())));
        Look look = sample(with(each), wanted);
        return wanted.isMetBy(look) ? look : first;
    }

    /// Looks at these processes alone, and at their goroutines too.
    private Look only(Wanted wanted) {
        if (config.namesTargets()) {
            Look look = sample(config, wanted);
            if (wanted.isMetBy(look)) {
                return look;
            }
        }
        List<TargetConfig> each = new ArrayList<>();
        wanted.pids().forEach(pid -> each.add(target(pid, name(pid))));
        Look look = sample(with(each), wanted);
        for (int missing : wanted.missing(look)) {
            throw CommandFailed.failed(
                    "process " + missing + " has no file descriptors: it is a kernel thread, or has ended");
        }
        return look;
    }

    private TargetConfig target(int pid, String name) {
        Selector selector = new Selector(pid, null, null, null, null, null, null, null, null, null, null);
        return new TargetConfig(
                name, selector, List.of(), false, new GoroutineSource.Native(), Set.of(), Map.of(), config.detection());
    }

    private String name(int pid) {
        String comm = switch (PidComm.read(procfs, pid)) {
            case Outcome.Seen<String>(String value) -> value;
            case Outcome.Gone<String> _ -> throw CommandFailed.failed("there is no process " + pid);
            case Outcome.Denied<String>(var reason) ->
                throw CommandFailed.failed(
                        "process " + pid + " may not be seen (" + reason.label() + "): " + reason.remedy());
            case Outcome.Unsupported<String>(String what) -> throw CommandFailed.failed(what);
            case Outcome.Failed<String>(String message) -> throw CommandFailed.failed(message);
        };
        PidExe exe = PidExe.read(procfs, pid).orNull();
        return exe == null ? comm : exe.name();
    }

    /// A look of a moment cannot tell who waits long: whoever waited all the time is told.
    private static Config waitingAtAll(Config config) {
        List<TargetConfig> targets = config.targets().stream()
                .map(target -> new TargetConfig(
                        target.name(),
                        target.match(),
                        target.exclude(),
                        target.children(),
                        target.goroutines(),
                        target.require(),
                        target.labels(),
                        waitingAtAll(target.detection())))
                .toList();
        return with(config, targets, waitingAtAll(config.detection()));
    }

    private static DetectionConfig waitingAtAll(DetectionConfig detection) {
        return new DetectionConfig(
                detection.stuckAfter(),
                detection.idleAfter(),
                Duration.ZERO,
                detection.pageBefore(),
                detection.timeScale());
    }

    /// Who looks once wants to see all of it, however slow the machine is; the budget is for looks without end.
    private static Config.Sampling withoutHurry(Config.Sampling sampling) {
        return new Config.Sampling(sampling.interval(), 1, sampling.minAge());
    }

    private Config with(List<TargetConfig> targets) {
        return with(config, targets, config.detection());
    }

    private static Config with(Config config, List<TargetConfig> targets, DetectionConfig detection) {
        return new Config(
                withoutHurry(config.sampling()),
                targets,
                detection,
                config.peers(),
                config.metrics(),
                config.evidence(),
                config.state(),
                config.web());
    }

    private Look sample(Config wantedConfig, Wanted wanted) {
        if (!looked) {
            looked = true;
            sampler.sample(wantedConfig, Requests.NONE);
            LockSupport.parkNanos(MOMENT);
        }
        Snapshot snapshot = sampler.sample(wantedConfig, Requests.NONE);
        ConfigStatus status = new ConfigStatus("fdsentry inspect", true, snapshot.at(), List.of());
        return new Look("this command itself", new Board(snapshot, Map.of(), List.of(), status), wanted::accepts);
    }

    @Override
    public void close() {
        sampler.close();
    }
}
