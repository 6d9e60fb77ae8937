import com.google.re2j.Pattern;
import io.fdsentry.config.Config;
import io.fdsentry.config.DetectionConfig;
import io.fdsentry.config.GoroutineSource;
import io.fdsentry.config.Selector;
import io.fdsentry.config.TargetConfig;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.Sockets;
import io.fdsentry.sample.Sampler;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Processor time of whole rounds against that of fdscan.c, turn by turn in one run, over the processes of
/// fdload.c. A full round is the first of a new sampler; a steady one comes after others in which nothing
/// changed.
///
///     java --enable-native-access=ALL-UNNAMED [FLAGS] -cp CLASSES:LIBRARIES SampleBench ROUNDS FDSCAN PID...
public final class SampleBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Config CONFIG = config();

    public static void main(String[] args) throws IOException {
        int rounds = Integer.parseInt(args[0]);
        List<String> fdscan = List.of(args).subList(1, args.length);
        double[][] ms = new double[3][rounds];
        Sampler steady = sampler();
        for (int i = 0; i < 3; i++) {
            steady.sample(CONFIG, Requests.NONE);
        }
        for (int round = 0; round < rounds; round++) {
            ms[0][round] = scan(fdscan);
            try (Sampler fresh = sampler()) {
                ms[1][round] = time(fresh);
            }
            ms[2][round] = time(steady);
        }
        describe(steady.sample(CONFIG, Requests.NONE));
        print("C full scan", ms[0], ms[0]);
        print("Java full round", ms[1], ms[0]);
        print("Java steady round", ms[2], ms[0]);
        System.out.println(Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS") || line.startsWith("VmHWM"))
                .toList());
        steady.close();
    }

    private static Sampler sampler() {
        return new Sampler(Path.of("/proc"), Path.of("/"), InstantSource.system());
    }

    private static double time(Sampler sampler) {
        long start = THREADS.getCurrentThreadCpuTime();
        Snapshot snapshot = sampler.sample(CONFIG, Requests.NONE);
        double ms = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
        if (snapshot.coverage() < 1) {
            throw new IllegalStateException("coverage " + snapshot.coverage());
        }
        return ms;
    }

    private static void describe(Snapshot snapshot) {
        long fds = 0;
        long sockets = 0;
        for (var process : snapshot.processes()) {
            FdKinds kinds = process.fdKinds().orNull();
            Sockets seen = process.sockets().orNull();
            fds += kinds == null ? 0 : kinds.kinds().total();
            sockets += seen == null ? 0 : seen.tcp().total();
        }
        System.out.println(snapshot.processes().size() + " processes, " + fds + " fds, " + sockets + " TCP sockets");
    }

    /// Processor time of one round of fdscan.
    private static double scan(List<String> command) throws IOException {
        Process process = new ProcessBuilder(new ArrayList<>(command)).start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            return lines.lines()
                    .map(line -> line.trim().split(" +"))
                    .filter(words -> words[0].equals("all"))
                    .mapToDouble(words -> Double.parseDouble(words[1]))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void print(String what, double[] ms, double[] measure) {
        System.out.printf(
                "%-18s %8.2f ms fastest %8.2f ms median, %.2f of C%n",
                what, Arrays.stream(ms).min().orElseThrow(), median(ms), median(ms) / median(measure));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Config config() {
        Selector load = new Selector(
                null, null, null, Pattern.compile("fdload"), null, null, null, null, null, null, null);
        TargetConfig target = new TargetConfig(
                "load",
                load,
                List.of(),
                false,
                new GoroutineSource.Off(),
                Set.of(),
                Map.of(),
                DetectionConfig.DEFAULTS);
        Config defaults = Config.DEFAULTS;
        return new Config(
                new Config.Sampling(Duration.ofHours(1), 1, Duration.ZERO),
                List.of(target),
                defaults.detection(),
                defaults.peers(),
                defaults.metrics(),
                defaults.evidence(),
                defaults.state(),
                defaults.web());
    }
}
