package io.fdsentry.metrics;

import static io.fdsentry.metrics.Rank.ALWAYS;
import static io.fdsentry.metrics.Rank.COUNT;
import static io.fdsentry.metrics.Rank.EACH;
import static io.fdsentry.metrics.Rank.PART;
import static io.fdsentry.metrics.Rank.VERDICT;
import static io.prometheus.metrics.model.registry.MetricType.COUNTER;
import static io.prometheus.metrics.model.registry.MetricType.GAUGE;
import static io.prometheus.metrics.model.registry.MetricType.HISTOGRAM;
import static io.prometheus.metrics.model.registry.MetricType.INFO;
import static io.prometheus.metrics.model.registry.MetricType.SUMMARY;

import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Every metric fdsentry exports, with its type, help and labels: the public contract, in one table.
///
/// Names are complete as Prometheus shows them; the unit follows from the name's ending. Labels are those a
/// series carries besides the constant ones and those of its subject: `target`, `pid`, and in a cluster
/// `namespace`, `pod` and `container`.
@SuppressWarnings("ImmutableEnumChecker") // the client's metadata is immutable, and the arrays never leave
enum Family {
    OPEN_FDS(COUNT, GAUGE, "process_open_fds", "Open file descriptors."),
    MAX_FDS(COUNT, GAUGE, "process_max_fds", "Soft limit of open file descriptors; absent when unlimited."),
    MAX_FDS_HARD(PART, GAUGE, "process_max_fds_hard", "Hard limit of open file descriptors; absent when unlimited."),
    EFFECTIVE_MAX_FDS(
            COUNT,
            GAUGE,
            "process_effective_max_fds",
            "Nearest of the soft limit, fs.nr_open and the host's headroom in fs.file-nr."),
    FDS(PART, GAUGE, "process_fds", "Open file descriptors by kind; they sum to process_open_fds.", "kind"),
    DELETED_FILES(PART, GAUGE, "process_deleted_files", "File descriptors of deleted files."),
    SOCKETS(PART, GAUGE, "process_sockets", "Socket descriptors by protocol.", "protocol"),
    TCP_SOCKETS(
            COUNT,
            GAUGE,
            "process_tcp_sockets",
            "TCP socket descriptors by state; closed: no protocol table lists it.",
            "state"),
    TCP_SOCKETS_OLDER(
            PART,
            GAUGE,
            "process_tcp_sockets_older",
            "TCP sockets that have been in their state for at least this age.",
            "state",
            "age"),
    STALE_SOCKETS(COUNT, GAUGE, "process_stale_sockets", "Sockets that look abandoned, each in one class.", "reason"),
    WITHOUT_KEEPALIVE(
            PART,
            GAUGE,
            "process_tcp_established_without_keepalive",
            "Established TCP sockets whose timer was seen off and never as keepalive."),
    QUEUE_BYTES(
            PART,
            GAUGE,
            "process_tcp_queue_bytes",
            "Bytes that arrived and were not read, and bytes written and not acknowledged.",
            "queue"),
    PEER_SOCKETS(
            EACH,
            GAUGE,
            "process_peer_sockets",
            "TCP sockets of the top peers and of all others together.",
            "peer",
            "direction",
            "state"),
    THREADS(COUNT, GAUGE, "process_threads", "Kernel threads by state.", "state"),
    GOROUTINES(COUNT, GAUGE, "process_goroutines", "Goroutines of a Go process."),
    GOROUTINES_BLOCKED(
            PART,
            GAUGE,
            "process_goroutines_blocked",
            "Goroutines blocked longer than detection.blocked_after, by wait reason.",
            "reason"),
    GOROUTINE_SOURCE(
            PART, INFO, "process_goroutine_source_info", "Where the goroutines of a process are read.", "source"),
    GOROUTINE_SITE(
            EACH,
            GAUGE,
            "process_goroutine_site_blocked",
            "Goroutines blocked longer than detection.blocked_after, at the places where most wait.",
            "site",
            "reason"),
    START_TIME(COUNT, GAUGE, "process_start_time_seconds", "When the process started, in seconds since 1970."),
    PROBE_SUCCESS(
            VERDICT,
            GAUGE,
            "process_probe_success",
            "1 where the probe could tell, 0 where it could not; absent where it cannot apply.",
            "probe"),
    PROBE(VERDICT, INFO, "process_probe_info", "Why a probe could not tell.", "probe", "reason"),
    ACCESS_TIER(
            VERDICT,
            GAUGE,
            "process_access_tier",
            "How much may be seen: 0 counts, 1 own processes, 2 any process, 3 the whole node."),
    GROWTH(PART, GAUGE, "process_growth_per_second", "Robust slope of a resource.", "resource"),
    SECONDS_TO_LIMIT(
            VERDICT,
            GAUGE,
            "process_seconds_to_limit",
            "Seconds until a resource reaches its limit at its slope; +Inf when it does not grow.",
            "resource"),
    LEAK_STATE(VERDICT, GAUGE, "process_leak_state", "0 no leak, 1 suspected, 2 confirmed, 3 urgent.", "resource"),
    FINDING(
            VERDICT,
            INFO,
            "finding_info",
            "A diagnosis that stands; labels are empty where unknown.",
            "resource",
            "cause",
            "role",
            "peer",
            "peer_process",
            "site"),
    NETNS_TCP_SOCKETS(
            EACH,
            GAUGE,
            "netns_tcp_sockets",
            "The TCP table of each network namespace by state, sockets without a descriptor included.",
            "netns",
            "state"),
    TARGET_PROCESSES(ALWAYS, GAUGE, "target_processes", "Processes that match a target."),
    TARGET_UNDECIDED(
            ALWAYS, GAUGE, "target_undecided_processes", "Processes of which it cannot be told whether they match."),
    TARGET_REQUIRED(
            ALWAYS,
            INFO,
            "target_required_probe_info",
            "Probes whose loss is an alert, as the target's configuration says.",
            "probe"),
    LAST_SAMPLE(ALWAYS, GAUGE, "last_sample_timestamp_seconds", "When the last round began, in seconds since 1970."),
    SAMPLING_INTERVAL(ALWAYS, GAUGE, "sampling_interval_seconds", "From round to round, as configured."),
    SAMPLE_DURATION(ALWAYS, HISTOGRAM, "sample_duration_seconds", "How long a round took."),
    PROBE_ERRORS(ALWAYS, COUNTER, "probe_errors_total", "Probes that could not tell, by reason.", "probe", "reason"),
    ROUNDS_FAILED(
            ALWAYS, COUNTER, "rounds_failed_total", "Rounds that an unexpected error ended; the log has its text."),
    SCAN_COVERAGE(
            ALWAYS,
            GAUGE,
            "scan_coverage_ratio",
            "Share of the watched processes whose descriptors and sockets are of the last round."),
    SERIES_DROPPED(
            ALWAYS, COUNTER, "series_dropped_total", "Series left out to keep within metrics.max_series, each round."),
    RELOAD_SUCCESSFUL(
            ALWAYS,
            GAUGE,
            "config_last_reload_successful",
            "1 when the last attempt to load the configuration succeeded."),
    RELOAD_TIME(
            ALWAYS,
            GAUGE,
            "config_last_reload_success_timestamp_seconds",
            "When the configuration in force was loaded, in seconds since 1970."),
    BUILD(ALWAYS, INFO, "build_info", "The version of fdsentry and of its Java runtime.", "version", "java_version"),

    CPU("process_cpu_seconds_total", COUNTER, "User and system CPU time spent."),
    SELF_START("process_start_time_seconds", GAUGE, "When this process started, in seconds since 1970."),
    SELF_OPEN_FDS("process_open_fds", GAUGE, "Open file descriptors of this process."),
    SELF_MAX_FDS("process_max_fds", GAUGE, "Most file descriptors this process may open."),
    VIRTUAL_MEMORY("process_virtual_memory_bytes", GAUGE, "Virtual memory size."),
    RESIDENT_MEMORY("process_resident_memory_bytes", GAUGE, "Resident memory size."),
    JVM_RUNTIME("jvm_runtime_info", INFO, "The Java runtime.", "runtime", "vendor", "version"),
    JVM_MEMORY_USED("jvm_memory_used_bytes", GAUGE, "Used bytes of a memory area.", "area"),
    JVM_MEMORY_COMMITTED("jvm_memory_committed_bytes", GAUGE, "Committed bytes of a memory area.", "area"),
    JVM_MEMORY_MAX("jvm_memory_max_bytes", GAUGE, "Most bytes of a memory area; absent when undefined.", "area"),
    JVM_MEMORY_INIT("jvm_memory_init_bytes", GAUGE, "Initial bytes of a memory area; absent when undefined.", "area"),
    JVM_POOL_USED("jvm_memory_pool_used_bytes", GAUGE, "Used bytes of a memory pool.", "pool"),
    JVM_POOL_COMMITTED("jvm_memory_pool_committed_bytes", GAUGE, "Committed bytes of a memory pool.", "pool"),
    JVM_POOL_MAX("jvm_memory_pool_max_bytes", GAUGE, "Most bytes of a memory pool; absent when undefined.", "pool"),
    JVM_GC("jvm_gc_collection_seconds", SUMMARY, "Time spent in a garbage collector.", "gc"),
    JVM_THREADS("jvm_threads_current", GAUGE, "Platform threads."),
    JVM_THREADS_DAEMON("jvm_threads_daemon", GAUGE, "Daemon threads."),
    JVM_THREADS_PEAK("jvm_threads_peak", GAUGE, "Most threads there were at a time."),
    JVM_THREADS_STARTED("jvm_threads_started_total", COUNTER, "Threads started."),
    JVM_THREADS_STATE("jvm_threads_state", GAUGE, "Platform threads by state.", "state"),
    JVM_CLASSES("jvm_classes_currently_loaded", GAUGE, "Loaded classes.");

    private final Rank rank;
    private final MetricType type;
    private final MetricMetadata metadata;
    private final String[] labels;

    /// A metric of fdsentry's own prefix.
    Family(Rank rank, MetricType type, String name, String help, String... labels) {
        this.rank = rank;
        this.type = type;
        this.metadata = metadata(type, "fdsentry_" + name, help);
        this.labels = labels;
    }

    /// A metric every program has, by the name the Prometheus clients give it.
    Family(String name, MetricType type, String help, String... labels) {
        this.rank = ALWAYS;
        this.type = type;
        this.metadata = metadata(type, name, help);
        this.labels = labels;
    }

    Rank rank() {
        return rank;
    }

    MetricType type() {
        return type;
    }

    MetricMetadata metadata() {
        return metadata;
    }

    /// Names of the labels that tell its series of one subject apart.
    String[] labels() {
        return labels.clone();
    }

    int labelCount() {
        return labels.length;
    }

    /// Names no constant label may take: those of any metric here, of its subject, and the two Prometheus sets
    /// itself.
    static Set<String> reservedLabels() {
        Set<String> reserved =
                new HashSet<>(Set.of("target", "pid", "namespace", "pod", "container", "job", "instance", "le"));
        for (Family family : values()) {
            reserved.addAll(Arrays.asList(family.labels));
        }
        return reserved;
    }

    private static MetricMetadata metadata(MetricType type, String name, String help) {
        String base = name;
        if (type == INFO) {
            base = name.substring(0, name.length() - "_info".length());
        } else if (type == COUNTER) {
            base = name.substring(0, name.length() - "_total".length());
        }
        Unit unit = unit(base);
        MetricMetadata.Builder metadata = MetricMetadata.builder().name(base).help(help);
        return unit == null ? metadata.build() : metadata.unit(unit).build();
    }

    private static @Nullable Unit unit(String name) {
        if (name.endsWith("_seconds") && !name.endsWith("_per_seconds")) {
            return Unit.SECONDS;
        }
        if (name.endsWith("_bytes")) {
            return Unit.BYTES;
        }
        return name.endsWith("_ratio") ? Unit.RATIO : null;
    }
}
