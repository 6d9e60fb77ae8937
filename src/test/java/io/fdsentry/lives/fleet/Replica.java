package io.fdsentry.lives.fleet;

import io.fdsentry.model.Age;
import io.fdsentry.model.ContainerName;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Idle;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.ThreadState;
import io.fdsentry.model.Threads;
import io.fdsentry.model.Tier;
import io.fdsentry.testing.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// One process of a workload.
final class Replica {
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private final Workload workload;
    private final ProcessId id;
    private final SplittableRandom random;
    private final double born;
    private final Handles connections;
    private final Handles asleep;
    private int requests;
    private int files;
    private int threads;

    Replica(Workload workload, ProcessId id, double born, SplittableRandom random) {
        this.workload = workload;
        this.id = id;
        this.born = born;
        this.random = random;
        connections = new Handles(random);
        asleep = new Handles(random);
    }

    double born() {
        return born;
    }

    /// Lives on for an interval.
    ///
    /// @param load its share of the work, 1 at noon when all replicas are there
    /// @param fleet how many replicas its clients have
    void live(double now, double interval, double load, int fleet) {
        double age = now - born;
        double warm = 1 - Math.exp(-age / workload.warmUp());
        requests = connections.about(workload.size() * .2 * load * (.7 + .6 * random.nextDouble()));
        threads = 12 + connections.about(8 * load);
        switch (workload.habit()) {
            case WEB -> pool(workload.size() * load * warm, now, interval);
            case WEBSOCKETS -> pool(workload.size() * load, now, interval);
            case SERVER_OF_A_FLEET -> pool(workload.size() * .1 * fleet, now, interval);
            case STORE -> files = (int) Math.min(workload.size(), age / HOUR * workload.size() / workload.fill());
            case CACHE -> files = (int) (workload.size() * (1 - Math.exp(-age / HOUR / workload.fill())));
            case BATCHES -> batch(now, interval);
            case LAZY_CLIENT -> lazy(load, now, interval);
        }
    }

    /// Connections that come and go at the workload's own pace.
    private void pool(double wanted, double now, double interval) {
        connections.toward((int) wanted, interval / workload.lifetime(), now);
        connections.use(interval / workload.useEvery(), now);
    }

    private void batch(double now, double interval) {
        boolean runs = now % (4 * HOUR) < 20 * MINUTE;
        pool(runs ? workload.size() : 4, now, interval);
        threads += runs ? workload.size() / 4 : 0;
        files = runs ? workload.size() / 2 : 0;
    }

    /// Whatever the night left in CLOSE_WAIT goes when somebody asks for a connection.
    private void lazy(double load, double now, double interval) {
        if (load < .55) {
            asleep.take(connections, now);
        } else {
            asleep.toward(0, 1, now);
            pool(workload.size() * .3 * load, now, interval);
        }
    }

    ProcessSample sample(double now) {
        int tcp = connections.size() + asleep.size() + requests;
        Counts<Age> old = connections.older(now).plus(asleep.older(now));
        Counts<Age> closed = asleep.idle(now);
        int stuck = asleep.idleFor(5 * MINUTE, now);
        int idle = connections.idleFor(30 * MINUTE, now);
        Sockets sockets = new Sockets(
                Tally.of(Protocol.class).with(Protocol.TCP, tcp).done(),
                Tally.of(TcpState.class)
                        .with(TcpState.ESTABLISHED, connections.size() + requests)
                        .with(TcpState.CLOSE_WAIT, asleep.size())
                        .done(),
                Map.of(TcpState.CLOSE_WAIT, closed),
                Tally.of(StaleReason.class).with(StaleReason.CLOSE_WAIT, stuck).done(),
                0,
                0,
                0,
                List.of(),
                old);
        return sample(
                tcp,
                sockets,
                new Idle(
                        workload.keepalive() ? 0 : idle,
                        workload.keepalive() ? idle : 0,
                        connections.idle(now).plus(closed)));
    }

    private ProcessSample sample(int tcp, Sockets sockets, Idle idle) {
        int others = 15;
        return new ProcessSample(
                id,
                Workload.TARGET,
                Workload.TARGET,
                ContainerName.NONE,
                Instant.EPOCH,
                Tier.OWN,
                Outcome.seen(tcp + files + others),
                Outcome.seen(new FdKinds(
                        Tally.of(FdKind.class)
                                .with(FdKind.SOCKET, tcp)
                                .with(FdKind.REGULAR, files + others)
                                .done(),
                        0)),
                Outcome.seen(new FdLimits(workload.limit(), workload.limit(), workload.limit())),
                Outcome.seen(sockets),
                Outcome.seen(idle),
                Outcome.seen(new Threads(
                        Tally.of(ThreadState.class)
                                .with(ThreadState.SLEEPING, threads)
                                .done(),
                        workload.limit())),
                null);
    }
}
