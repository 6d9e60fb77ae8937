import io.fdsentry.golang.NativeGoroutines;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.procfs.PidStat;
import io.fdsentry.procfs.ProcFs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// What reading the goroutines of a process costs, in CPU time of the thread that reads: the count, a walk that reads all
/// places for the first time, and one that finds nobody moved. Arguments: rounds, the process.
final class GoroutineBench {
    public static void main(String[] arguments) throws ErrnoException {
        int rounds = Integer.parseInt(arguments[0]);
        int pid = Integer.parseInt(arguments[1]);
        ProcFs procfs = new ProcFs(Path.of("/proc"));
        ProcessId process = new ProcessId(pid, PidStat.read(procfs, pid).orNull().startTicks());
        // The JVM is warm, as a daemon is: other attachments have walked before.
        long[] attach = new long[rounds];
        long[] first = new long[rounds];
        long[] again = new long[rounds];
        NativeGoroutines goroutines = null;
        for (int i = 0; i < rounds; i++) {
            long start = Libc.threadCpuNanos();
            goroutines = seen(NativeGoroutines.attach(procfs, process));
            attach[i] = Libc.threadCpuNanos() - start;
            seen(goroutines.walk(Duration.ZERO, 0));
            first[i] = walk(goroutines);
            again[i] = walk(goroutines);
        }
        NativeGoroutines attached = goroutines;
        int count = seen(attached.count());
        System.out.printf("%,d goroutines, heap %.1f bytes each%n", count, (double) attached.heapBytes() / count);
        System.out.printf("count               %8.3f ms%n", count(attached, rounds) / 1e6);
        System.out.printf("attach              %8.3f ms%n", median(attach) / 1e6);
        System.out.printf("walk, first places  %8.3f ms%n", median(first) / 1e6);
        System.out.printf("walk, nobody moved  %8.3f ms%n", median(again) / 1e6);
    }

    private static long walk(NativeGoroutines goroutines) throws ErrnoException {
        long start = Libc.threadCpuNanos();
        seen(goroutines.walk(Duration.ZERO, 0));
        return Libc.threadCpuNanos() - start;
    }

    private static long count(NativeGoroutines goroutines, int rounds) throws ErrnoException {
        long[] times = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = Libc.threadCpuNanos();
            for (int j = 0; j < 100; j++) {
                seen(goroutines.count());
            }
            times[i] = (Libc.threadCpuNanos() - start) / 100;
        }
        return median(times);
    }

    private static <T> T seen(Outcome<T> outcome) {
        T value = outcome.orNull();
        if (value == null) {
            throw new IllegalStateException(outcome.toString());
        }
        return value;
    }

    private static long median(long[] times) {
        return Arrays.stream(times).sorted().skip(times.length / 2).findFirst().orElseThrow();
    }
}
