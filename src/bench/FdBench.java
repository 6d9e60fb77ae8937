import io.fdsentry.model.FdKind;
import io.fdsentry.model.Outcome;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.ProcFs;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Processor time of FdDirectory against that of fdscan.c, turn by turn in one run, over the processes of fdload.c.
///
///     java --enable-native-access=ALL-UNNAMED [FLAGS] -cp target/classes src/bench/FdBench.java ROUNDS FDSCAN
///     PID...
public final class FdBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final FdDirectory directory = new FdDirectory(new ProcFs(Path.of("/proc")));
    private final int[] pids;
    private final FdListing[] listings;

    private FdBench(int[] pids) {
        this.pids = pids;
        listings = Stream.generate(FdListing::new).limit(pids.length).toArray(FdListing[]::new);
    }

    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        List<String> fdscan = new ArrayList<>(List.of(args).subList(1, args.length));
        FdBench bench = new FdBench(Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray());
        double[][] ms = new double[5][rounds];
        for (int round = 0; round < rounds; round++) {
            double[] c = scan(fdscan);
            ms[0][round] = c[0];
            ms[1][round] = c[1];
            ms[2][round] = time(bench::count);
            ms[3][round] = time(bench::list);
            ms[4][round] = time(bench::relist);
        }
        System.out.println(Arrays.stream(bench.listings).mapToInt(FdListing::size).sum() + " fds");
        print("C stat", ms[0], ms[0]);
        print("Java count", ms[2], ms[0]);
        print("C list", ms[1], ms[1]);
        print("Java list", ms[3], ms[1]);
        print("Java relist", ms[4], ms[1]);
    }

    private void count() {
        for (int pid : pids) {
            check(directory.count(pid));
        }
    }

    private void list() {
        for (int i = 0; i < pids.length; i++) {
            check(directory.list(pids[i], listings[i]));
        }
    }

    private void relist() {
        for (int i = 0; i < pids.length; i++) {
            check(directory.relist(pids[i], listings[i], (kind, _) -> kind == FdKind.SOCKET));
        }
    }

    private static void check(Outcome<?> outcome) {
        if (!outcome.isSeen()) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    private static double time(Runnable work) {
        long start = THREADS.getCurrentThreadCpuTime();
        work.run();
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
    }

    /// The figures of one round of fdscan: stat and list.
    private static double[] scan(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        double[] ms = new double[2];
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            lines.lines().map(line -> line.trim().split(" +")).forEach(words -> {
                switch (words[0]) {
                    case "stat" -> ms[0] = Double.parseDouble(words[1]);
                    case "list" -> ms[1] = Double.parseDouble(words[1]);
                    default -> {}
                }
            });
        }
        return ms;
    }

    private static void print(String what, double[] ms, double[] measure) {
        double[] sorted = ms.clone();
        Arrays.sort(sorted);
        System.out.printf(
                "%-12s %8.2f ms fastest %8.2f ms median, %.2f of C%n",
                what, sorted[0], sorted[sorted.length / 2], sorted[sorted.length / 2] / median(measure));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
