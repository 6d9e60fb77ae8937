package io.fdsentry.target;

import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.PidCgroup;
import io.fdsentry.procfs.PidCmdline;
import io.fdsentry.procfs.PidExe;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.procfs.ProcText;
import org.jspecify.annotations.Nullable;

/// What is known of the program a process runs: each file is read when it is first asked for. Arguments are not
/// kept, only whether they changed can be told later.
final class Facts {
    private final ProcFs procfs;
    private PidStat stat;
    private @Nullable Outcome<PidExe> exe;
    private @Nullable Outcome<PidCgroup> cgroup;
    private @Nullable Outcome<Integer> cmdlineHash;
    private @Nullable Outcome<Container> container;
    private @Nullable String command;
    private @Nullable Boolean pause;

    Facts(ProcFs procfs, PidStat stat) {
        this.procfs = procfs;
        this.stat = stat;
    }

    PidStat stat() {
        return stat;
    }

    /// The same program, a round later.
    void update(PidStat now) {
        stat = now;
    }

    Outcome<PidExe> exe() {
        Outcome<PidExe> known = exe;
        if (known == null) {
            known = PidExe.read(procfs, stat.pid());
            exe = known;
        }
        return known;
    }

    Outcome<PidCgroup> cgroup() {
        Outcome<PidCgroup> known = cgroup;
        if (known == null) {
            known = PidCgroup.read(procfs, stat.pid());
            cgroup = known;
        }
        return known;
    }

    Outcome<String> cmdline() {
        Outcome<String> read = PidCmdline.read(procfs, stat.pid());
        cmdlineHash = read.map(String::hashCode);
        return read;
    }

    /// Where it runs, by the names known so far.
    Outcome<Container> container(ContainerNames names) {
        Outcome<Container> known = container;
        if (known == null) {
            known = look(names);
            container = known;
        }
        return known;
    }

    /// Whether names that were missing are known now.
    boolean renamed(ContainerNames names) {
        return container != null
                && container.orNull() instanceof Container known
                && known.naming().mayBecomeKnown()
                && !container.equals(look(names));
    }

    private Outcome<Container> look(ContainerNames names) {
        return cgroup().map(groups -> names.of(groups, isPause()));
    }

    /// File name of the executable, else the comm, also of a program that has no file; fit to be shown.
    String command() {
        String known = command;
        if (known == null) {
            PidExe program = exe().orNull();
            known = ProcText.printable(program != null && !program.isInMemory() ? program.name() : stat.comm());
            command = known;
        }
        return known;
    }

    /// Whether it is the process that holds the namespaces of a pod for the others: `pause` of Kubernetes,
    /// `catatonit -P` of podman.
    boolean isPause() {
        Boolean known = pause;
        if (known == null) {
            known = switch (command()) {
                case "pause" -> true;
                case "catatonit" -> cmdline().orNull() instanceof String arguments && arguments.endsWith(" -P");
                default -> false;
            };
            pause = known;
        }
        return known;
    }

    /// Whether the process ended while it was looked at: a file that was there is not.
    boolean vanished() {
        if (!isGone(exe) && !isGone(cgroup) && !isGone(cmdlineHash)) {
            return false;
        }
        PidStat now = PidStat.read(procfs, stat.pid()).orNull();
        return now == null || now.isEnding() || now.startTicks() != stat.startTicks();
    }

    /// Whether anything that was read before reads differently now, or may be read now and might not be then.
    boolean changed() {
        return exe != null && !exe.equals(PidExe.read(procfs, stat.pid()))
                || cgroup != null && !cgroup.equals(PidCgroup.read(procfs, stat.pid()))
                || cmdlineHash != null
                        && !cmdlineHash.equals(
                                PidCmdline.read(procfs, stat.pid()).map(String::hashCode));
    }

    private static boolean isGone(@Nullable Outcome<?> outcome) {
        return outcome instanceof Outcome.Gone;
    }
}
