package io.fdsentry.cli.inspect;

import io.fdsentry.cli.CommandFailed;
import io.fdsentry.config.Config;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A look of our own. The first takes two samples with a moment between them, since it takes two looks at the
/// socket
/// tables to tell a dead socket from a new one; later ones remember.
final class OwnEyes implements AutoCloseable {
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(200);

    private final Config config;
    private final ProcFs procfs;
    private final Sampler sampler;
    private boolean looked;

    /// @param config whose targets are looked at where no process is named
    OwnEyes(Config config, Path procfs, Path rootfs) {
        this.config = config;
        this.procfs = new ProcFs(procfs);
        this.sampler = new Sampler(procfs, rootfs, InstantSource.system());
    }

    /// @throws CommandFailed if a wanted process cannot be looked at
    Look look(Wanted wanted) {
        if (!wanted.pids().isEmpty()) {
            return only(wanted);
        }
        Look look = sample(config, wanted);
        if (wanted.isMetBy(look) || !config.namesTargets()) {
            return look;
        }
        return sample(with(List.of()), wanted);
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
        wanted.pids().forEach(pid -> each.add(target(pid)));
        Look look = sample(with(each), wanted);
        for (int missing : wanted.missing(look)) {
            throw CommandFailed.failed(
                    "process " + missing + " has no file descriptors: it is a kernel thread, or has ended");
        }
        return look;
    }

    private TargetConfig target(int pid) {
        Selector selector = new Selector(pid, null, null, null, null, null, null, null, null, null, null);
        return new TargetConfig(
                name(pid),
                selector,
                List.of(),
                false,
                new GoroutineSource.Native(),
                Set.of(),
                Map.of(),
                config.detection());
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

    private Config with(List<TargetConfig> targets) {
        return new Config(
                config.sampling(),
                targets,
                config.detection(),
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
