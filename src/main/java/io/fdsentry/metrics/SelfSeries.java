package io.fdsentry.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `process_*` of fdsentry itself, by the names every Prometheus client gives them, so that common dashboards work.
final class SelfSeries {
    private static final double NANOS_A_SECOND = 1e9;
    private static final double MILLIS_A_SECOND = 1e3;
    private static final int BYTES_A_KIB = 1024;
    private static final Path STATUS = Path.of("/proc/self/status");

    private SelfSeries() {}

    static void add(Blocks out) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            addKnown(out, Family.CPU, system.getProcessCpuTime() / NANOS_A_SECOND);
            addKnown(out, Family.SELF_OPEN_FDS, (double) system.getOpenFileDescriptorCount());
            addKnown(out, Family.SELF_MAX_FDS, (double) system.getMaxFileDescriptorCount());
        }
        out.add(Family.SELF_START, ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_A_SECOND);
        Map<String, Long> status = parseStatus(readStatus());
        out.addKnown(Family.VIRTUAL_MEMORY, status.get("VmSize"));
        out.addKnown(Family.RESIDENT_MEMORY, status.get("VmRSS"));
    }

    /// The beans answer below zero for what they do not know.
    private static void addKnown(Blocks out, Family family, double value) {
        if (value >= 0) {
            out.add(family, value);
        }
    }

    private static List<String> readStatus() {
        try {
            return Files.readAllLines(STATUS);
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The lines that end in `kB`, as bytes
    /// ([proc_pid_status(5)](https://man7.org/linux/man-pages/man5/proc_pid_status.5.html)).
    static Map<String, Long> parseStatus(List<String> lines) {
        Map<String, Long> bytes = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split("[:\\s]+", -1);
            if (parts.length == 3 && parts[2].equals("kB")) {
                bytes.put(parts[0], Long.parseLong(parts[1]) * BYTES_A_KIB);
            }
        }
        return bytes;
    }
}
