package io.fdsentry.target;

import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.TargetSample;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.PidStatus;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.InstantSource;

/// Says what can be told of a Python, for whoever runs it.
final class Look {
    private Look() {}

    /// `Look PROCFS PID` writes tier and reason; processes and undecided ones of a target that selects it by
    /// comm, then of one by exe; and whether there may be processes that are not listed.
    public static void main(String[] arguments) {
        ProcFs procfs = new ProcFs(Path.of(arguments[0]));
        int pid = Integer.parseInt(arguments[1]);
        System.out.println(access(procfs, pid));
        Resolution byComm = resolve(procfs, Configs.target("t", "pid: " + pid, "comm: python3.*"));
        Resolution byExe = resolve(procfs, Configs.target("t", "pid: " + pid, "exe: .*/python3.*"));
        System.out.println("comm " + counts(byComm) + ", exe " + counts(byExe));
        System.out.println(byComm.concealed() ? "concealed" : "listed");
    }

    private static String counts(Resolution round) {
        TargetSample sample = round.targets().getFirst();
        return sample.processes() + "+" + sample.undecided();
    }

    private static Resolution resolve(ProcFs procfs, TargetConfig target) {
        Targets targets = new Targets(procfs, new ContainerNames(Path.of("/")), InstantSource.system());
        return Seen.of(targets.resolve(Configs.of(target), ListenPorts.UNKNOWN));
    }

    private static String access(ProcFs procfs, int pid) {
        Outcome<Access> access = Access.of(
                Seen.of(Powers.read(procfs)),
                PidStatus.read(procfs, pid).orNull(),
                new FdDirectory(procfs).list(pid, new FdListing()).map(FdListing::kindsKnown),
                Access.Netns.SAME);
        return access.orNull() instanceof Access(var tier, var reason) ? tier + " " + reason : access.toString();
    }
}
