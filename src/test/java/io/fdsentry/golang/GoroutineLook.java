package io.fdsentry.golang;

import io.fdsentry.model.Goroutines;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.testing.Seen;
import java.nio.file.Path;
import java.time.Duration;

/// One look at the goroutines of the process that the argument names, or why there can be none; for other
/// machines.
final class GoroutineLook {
    private GoroutineLook() {}

    public static void main(String[] arguments) {
        ProcFs procfs = new ProcFs(Path.of("/proc"));
        int pid = Integer.parseInt(arguments[0]);
        ProcessId process =
                new ProcessId(pid, Seen.of(PidStat.read(procfs, pid)).startTicks());
        System.out.println("look: build " + GoBuild.read(procfs, pid).map(GoBuild::minor));
        var attached = NativeGoroutines.attach(procfs, process);
        System.out.println("look: attach " + attached.flatMap(NativeGoroutines::count));
        NativeGoroutines goroutines = attached.orNull();
        if (goroutines != null) {
            Seen.of(goroutines.walk(Duration.ZERO, 0));
            for (Goroutines.Site site :
                    Seen.of(goroutines.walk(Duration.ZERO, 0)).sites()) {
                System.out.println("look: " + site.count() + " at " + site.function());
            }
        }
    }
}
