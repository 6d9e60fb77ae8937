package io.fdsentry.metrics;

import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// `jvm_*` of fdsentry itself, by the names of the Java client's own instrumentation; off with `metrics.self:
/// minimal`.
final class JvmSeries {
    /// Most series [#collections] has: no collector of the JDK comes in more than three parts.
    static final int COLLECTIONS = 6;

    private static final double MILLIS_A_SECOND = 1e3;

    private JvmSeries() {}

    static void add(Blocks out) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        out.addInfo(
                Family.JVM_RUNTIME,
                runtime.getVmName(),
                runtime.getVmVendor(),
                System.getProperty("java.runtime.version", ""));
        memory(out);
        threads(out);
        out.add(Family.JVM_CLASSES, ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    }

    /// Time spent in each collector: a summary, as the Java client has it.
    static MetricSnapshot collections(Labels constant) {
        return new SummarySnapshot(
                Family.JVM_GC.metadata(),
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(gc -> collections(gc, constant))
                        .toList());
    }

    private static SummaryDataPointSnapshot collections(GarbageCollectorMXBean gc, Labels constant) {
        return new SummaryDataPointSnapshot(
                Math.max(0, gc.getCollectionCount()),
                Math.max(0, gc.getCollectionTime()) / MILLIS_A_SECOND,
                Quantiles.EMPTY,
                constant.add("gc", gc.getName()),
                Exemplars.EMPTY,
                0);
    }

    private static void memory(Blocks out) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        area(out, "heap", memory.getHeapMemoryUsage());
        area(out, "nonheap", memory.getNonHeapMemoryUsage());
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getUsage();
            if (usage != null) {
                out.add(Family.JVM_POOL_USED, usage.getUsed(), pool.getName());
                out.add(Family.JVM_POOL_COMMITTED, usage.getCommitted(), pool.getName());
                addDefined(out, Family.JVM_POOL_MAX, usage.getMax(), pool.getName());
            }
        }
    }

    private static void area(Blocks out, String area, MemoryUsage usage) {
        out.add(Family.JVM_MEMORY_USED, usage.getUsed(), area);
        out.add(Family.JVM_MEMORY_COMMITTED, usage.getCommitted(), area);
        addDefined(out, Family.JVM_MEMORY_MAX, usage.getMax(), area);
        addDefined(out, Family.JVM_MEMORY_INIT, usage.getInit(), area);
    }

    /// The beans answer below zero for what is not defined.
    private static void addDefined(Blocks out, Family family, long bytes, String label) {
        if (bytes >= 0) {
            out.add(family, bytes, label);
        }
    }

    private static void threads(Blocks out) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        out.add(Family.JVM_THREADS, threads.getThreadCount());
        out.add(Family.JVM_THREADS_DAEMON, threads.getDaemonThreadCount());
        out.add(Family.JVM_THREADS_PEAK, threads.getPeakThreadCount());
        out.add(Family.JVM_THREADS_STARTED, threads.getTotalStartedThreadCount());
        Map<Thread.State, Integer> states = new EnumMap<>(Thread.State.class);
        Arrays.stream(Thread.State.values()).forEach(state -> states.put(state, 0));
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .map(ThreadInfo::getThreadState)
                .forEach(state -> states.merge(state, 1, Integer::sum));
        states.forEach(
                (state, n) -> out.add(Family.JVM_THREADS_STATE, n, state.name().toLowerCase(Locale.ROOT)));
    }
}
