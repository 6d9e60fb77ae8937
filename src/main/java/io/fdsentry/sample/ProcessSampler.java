package io.fdsentry.sample;

import io.fdsentry.model.FdKinds;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Reason;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.Threads;
import io.fdsentry.procfs.FdListing;
import io.fdsentry.procfs.PidLimits;
import io.fdsentry.procfs.ProcFs;
import io.fdsentry.sample.runtime.RuntimeProbe;
import java.nio.file.Path;
import java.time.Instant;

/// Makes of what is known of a process its part of the snapshot. The sums hold by construction: descriptors,
/// kinds and sockets are all counted in one listing.
final class ProcessSampler {
    private final ProcFs procfs;
    private final SocketMemory memory;
    private final PeerTable peers;
    private final Namespaces namespaces;
    private final Join join;
    private final Tiers tiers;
    private final ThreadProbe threads;
    private final RuntimeProbe runtimes;
    private final Tally tally;
    private HostLimits host = HostLimits.UNKNOWN;
    private RoundTime time = new RoundTime(0, Instant.EPOCH, 0);
    private int topPeers;

    ProcessSampler(
            ProcFs procfs,
            Path rootfs,
            SocketMemory memory,
            PeerTable peers,
            Namespaces namespaces,
            Join join,
            RuntimeProbe runtimes) {
        this.procfs = procfs;
        this.memory = memory;
        this.peers = peers;
        this.namespaces = namespaces;
        this.join = join;
        tiers = new Tiers(procfs);
        this.runtimes = runtimes;
        threads = new ThreadProbe(procfs, rootfs);
        tally = new Tally(memory);
    }

    /// @param top how many peers of a process are named
    void begin(RoundTime now, int top) {
        time = now;
        topPeers = top;
        host = HostLimits.read(procfs);
        threads.begin(now);
    }

    /// Gone if that is what anything read of it said.
    ///
    /// @param alone whether it is the only process of its target
    /// @param suspected whether it is worth a closer look
    Outcome<ProcessSample> sample(Watched process, boolean alone, boolean suspected) {
        Outcome<PidLimits> limits = PidLimits.read(procfs, process.pid());
        Outcome<Threads> kernelThreads = threads.read(process, limits.orNull());
        if (process.isGone() || limits instanceof Outcome.Gone || kernelThreads instanceof Outcome.Gone) {
            return Outcome.gone();
        }
        Outcome<Integer> openFds = process.listing.isSeen() ? process.listing.map(FdListing::size) : process.count;
        Outcome<Sockets> sockets = sockets(process);
        return Outcome.seen(new ProcessSample(
                process.id(),
                process.process.target().name(),
                process.process.command(),
                process.process.container(),
                process.process.startTime(),
                tiers.of(process, namespaces),
                openFds,
                process.listing.flatMap(ProcessSampler::kinds),
                limits.map(read -> host.limits(read.openFiles(), openFds.orNull())),
                sockets,
                idle(process, sockets),
                withJvm(process, kernelThreads),
                runtimes.goroutines(process.process, alone, suspected)));
    }

    private Outcome<Threads> withJvm(Watched process, Outcome<Threads> threads) {
        return process.threads.isJvm() ? threads.map(seen -> seen.with(runtimes.jvm(process.id()))) : threads;
    }

    private static Outcome<FdKinds> kinds(FdListing fds) {
        return fds.kindsKnown() ? Outcome.seen(fds.kinds()) : Outcome.denied(Reason.PERMISSION);
    }

    private Outcome<Sockets> sockets(Watched process) {
        return process.listing.flatMap(fds -> process.namespace
                .flatMap(Namespace::table)
                .map(_ -> {
                    add(process, fds);
                    return tally.sockets(process.ranks.rank(tally.peers(), topPeers, time, peers));
                }));
    }

    private void add(Watched process, FdListing fds) {
        tally.begin(process.thresholds, time.millis(), peers.end());
        for (int i = 0; i < fds.size(); i++) {
            int slot = process.slot(memory, i);
            if (slot != SocketMemory.ABSENT) {
                join.hold(slot, process);
                tally.add(slot);
            }
        }
    }

    /// To be called right after the sockets were added up.
    private Outcome<Idle> idle(Watched process, Outcome<Sockets> sockets) {
        return sockets.flatMap(_ -> process.namespace
                .flatMap(Namespace::times)
                .flatMap(_ -> tally.knowsAllTimes() ? Outcome.seen(tally.idle()) : Outcome.denied(Reason.OTHER_NETNS)));
    }
}
