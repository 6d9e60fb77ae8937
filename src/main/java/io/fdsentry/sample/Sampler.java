package io.fdsentry.sample;

import io.fdsentry.config.Config;
import io.fdsentry.libc.ErrnoException;
import io.fdsentry.libc.Libc;
import io.fdsentry.model.NetnsSample;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Probe;
import io.fdsentry.model.ProbeError;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Requests;
import io.fdsentry.model.Snapshot;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TargetSample;
import io.fdsentry.procfs.FdDirectory;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.sample.runtime.Round;
import io.fdsentry.sample.runtime.RuntimeProbe;
import io.fdsentry.target.ContainerNames;
import io.fdsentry.target.Resolution;
import io.fdsentry.target.Targets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the watched processes, round after round, and remembers in between what the kernel does not keep.
///
/// A round counts the descriptors of every process, lists those that may have changed ([FdScan]), dumps the TCP
/// table of each network namespace once ([Namespaces]), joins the two by inode ([Join]), and adds up
/// ([ProcessSampler]). Ages are told by the monotonic clock: neither setting the clock nor suspending the machine
/// makes a socket older.
public final class Sampler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sampler.class);

    private static final int ROUNDS_BETWEEN_SEARCHES = 4;

    private final ProcFs files;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Targets targets;
    private final FdDirectory directory;
    private final Listeners listeners;
    private final CpuClocks cpuClocks;
    private final Roster roster = new Roster();
    private final SocketMemory memory = new SocketMemory();
    private final PeerTable peers = new PeerTable();
    private final Endpoints endpoints = new Endpoints();
    private final Sightings sightings = new Sightings(memory, peers);
    private final Budget budget = new Budget(Sampler::cpuNanos);
    private final Namespaces namespaces;
    private final FdScan scan;
    private final Join join;
    private final RuntimeProbe runtimes;
    private final OwnPorts ownPorts;
    private final ProcessSampler processes;
    private int rounds;
    private int nextSearch;
    private boolean unlisted;
    private boolean blind;

    /// @param procfs where procfs is mounted
    /// @param rootfs where the root file system is mounted
    /// @param clock for what is shown as a time of day
    public Sampler(Path procfs, Path rootfs, InstantSource clock) {
        this(procfs, rootfs, clock, System::nanoTime);
    }

    /// @param nanoTime the monotonic clock; whoever plays time passes another than the machine's
    public Sampler(Path procfs, Path rootfs, InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        files = new ProcFs(procfs);
        targets = new Targets(files, new ContainerNames(rootfs), clock);
        directory = new FdDirectory(files);
        listeners = new Listeners(files, directory);
        cpuClocks = new CpuClocks(files);
        namespaces = new Namespaces(files, sightings, endpoints);
        scan = new FdScan(directory, memory);
        join = new Join(files, directory, memory, namespaces, roster);
        runtimes = new RuntimeProbe(files);
        ownPorts = new OwnPorts(memory, endpoints, namespaces, runtimes);
        processes = new ProcessSampler(files, rootfs, memory, peers, namespaces, join, runtimes);
    }

    /// Takes a round. What could not be seen says so in the snapshot; nothing is thrown for it.
    public synchronized Snapshot sample(Config config, Requests requests) {
        rounds++;
        RoundTime time = new RoundTime(rounds, clock.instant(), nanoTime.getAsLong());
        begin(config, time);
        Map<ProbeError, Integer> errors = new HashMap<>();
        List<TargetSample> matched = resolve(config, errors);
        look(requests, time);
        read(time);
        join();
        searchElsewhere(time);
        ownPorts.tell();
        List<ProcessSample> samples = samples(errors, requests);
        Map<ProcessId, List<SocketDetail>> details = details(requests, time);
        List<NetnsSample> tables = namespaces.samples(rounds);
        double coverage = coverage();
        sweep();
        runtimes.end();
        budget.end();
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - time.nanos());
        return new Snapshot(time.at(), time.nanos(), took, samples, matched, tables, errors, coverage, details);
    }

    private void begin(Config config, RoundTime time) {
        Config.Sampling sampling = config.sampling();
        budget.begin(time.nanos(), sampling.interval().toNanos(), sampling.budget());
        sightings.begin(time, config.peers().aggregate());
        scan.begin(time);
        join.begin(time);
        processes.begin(time, config.peers().top());
        endpoints.clear();
        ownPorts.begin();
        runtimes.begin(new Round(time.number(), time.nanos(), budget::take, Sampler::cpuNanos));
    }

    private List<TargetSample> resolve(Config config, Map<ProbeError, Integer> errors) {
        listeners.begin();
        Outcome<Resolution> resolution = targets.resolve(config, listeners);
        if (resolution instanceof Outcome.Seen<Resolution>(Resolution found)) {
            blind = false;
            roster.follow(found.processes());
            return found.targets();
        }
        if (!blind) {
            LOG.atError().log("processes cannot be listed: {}", resolution);
        }
        blind = true;
        roster.follow(List.of());
        Reason reason = resolution.reason();
        errors.merge(new ProbeError(Probe.FDS, reason == null ? Reason.FAILED : reason), 1, Integer::sum);
        return List.of();
    }

    /// Counts and lists, those first that were left out longest.
    private void look(Requests requests, RoundTime time) {
        for (Watched process : roster.all()) {
            process.cpu = cpuClocks.read(process.pid());
            process.count = directory.count(process.pid());
            process.namespace = namespaces.of(process, time.number());
            process.home = process.namespace.orNull() instanceof Namespace home ? home.number() : 0;
        }
        namespaces.all().forEach(namespace -> namespace.plan(budget, time.number()));
        List<Watched> order = new ArrayList<>(roster.all());
        order.sort(Comparator.comparingInt(process -> process.scanRound));
        for (Watched process : order) {
            scan.update(process, budget);
            if (process.listing.isSeen()) {
                join.expect(process);
            }
            if (requests.details().contains(process.id())) {
                endpoints.wantAll(process.fds);
            }
            ownPorts.want(process, roster.isAlone(process));
        }
    }

    private void read(RoundTime time) {
        for (Namespace namespace : namespaces.all()) {
            if (namespace.isPlanned()) {
                long before = cpuNanos();
                namespaces.read(namespace, time);
                namespace.price(cpuNanos() - before);
            }
        }
    }

    private void join() {
        for (Watched process : roster.all()) {
            boolean tableRead = process.namespace.flatMap(Namespace::table).isSeen();
            if (process.listing.isSeen() && tableRead) {
                join.settle(process);
            } else if (process.scanned) {
                join.keep(process);
            }
        }
    }

    /// A mesh's proxy holds sockets that it made in the network namespaces of others. Where those of a process
    /// that is not watched may have them, every namespace there is is searched, though not in every round.
    private void searchElsewhere(RoundTime time) {
        unlisted |= join.hasMetUnlisted();
        if (unlisted && rounds >= nextSearch) {
            unlisted = false;
            nextSearch = rounds + ROUNDS_BETWEEN_SEARCHES;
            if (files.pids().orNull() instanceof int[] pids) {
                namespaces.readOthers(pids, time);
            }
        }
    }

    private List<ProcessSample> samples(Map<ProbeError, Integer> errors, Requests requests) {
        List<ProcessSample> samples = new ArrayList<>();
        for (Watched process : roster.all()) {
            ProcessSample sample = processes
                    .sample(process, roster.isAlone(process), requests.details().contains(process.id()))
                    .orNull();
            if (sample != null) {
                samples.add(sample);
                sample.probes().forEach((probe, outcome) -> {
                    Reason reason = outcome.reason();
                    if (reason != null) {
                        errors.merge(new ProbeError(probe, reason), 1, Integer::sum);
                    }
                });
            }
        }
        return samples;
    }

    private Map<ProcessId, List<SocketDetail>> details(Requests requests, RoundTime time) {
        List<Watched> wanted = new ArrayList<>();
        for (Watched process : roster.all()) {
            if (requests.details().contains(process.id()) && process.listing.isSeen()) {
                wanted.add(process);
            }
        }
        return wanted.isEmpty() ? Map.of() : new Details(memory, endpoints, roster, peers, time).of(wanted);
    }

    private double coverage() {
        long fresh =
                roster.all().stream().filter(process -> process.isOf(rounds)).count();
        return roster.all().isEmpty() ? 1 : (double) fresh / roster.all().size();
    }

    private void sweep() {
        memory.sweep(slot -> memory.holders(slot, rounds) > 0
                || memory.listedRound(slot) == rounds
                || memory.namespace(slot) != 0 && !namespaces.isReadOrNone(memory.namespace(slot), rounds));
        namespaces.sweep(rounds);
        if (peers.hasGrown()) {
            BitSet needed = new BitSet();
            memory.markPeers(needed);
            roster.all().forEach(process -> process.ranks.mark(needed));
            peers.retain(needed);
        }
    }

    /// Of how many sockets something is remembered: those that are held or stood in a table in the last round.
    public synchronized int rememberedSockets() {
        return memory.size();
    }

    private static long cpuNanos() {
        try {
            return Libc.threadCpuNanos();
        } catch (ErrnoException e) {
            return System.nanoTime();
        }
    }

    /// All goroutines of a process as text, empty where there are none to be read. On any thread but that of the
    /// rounds: it may take some seconds.
    ///
    /// @param most characters
    public String goroutines(ProcessId process, int most) {
        return runtimes.dump(process, most);
    }

    @Override
    public synchronized void close() {
        runtimes.close();
        listeners.close();
        namespaces.close();
    }
}
