package io.fdsentry.sample;

import io.fdsentry.model.NetnsSample;
import io.fdsentry.model.Outcome;
import io.fdsentry.model.Reason;
import io.fdsentry.netlink.Detail;
import io.fdsentry.netlink.Dump;
import io.fdsentry.netlink.Netns;
import io.fdsentry.netlink.NetnsId;
import io.fdsentry.netlink.SockDiag;
import io.fdsentry.netlink.SocketRow;
import io.fdsentry.netlink.SocketSink;
import io.fdsentry.netlink.SocketTable;
import io.fdsentry.procfs.NetTable;
import io.fdsentry.procfs.NetTables;
import io.fdsentry.procfs.ProcFs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The network namespaces of the watched processes, each dumped once a round: by sock_diag(7) in our own and
/// wherever we may enter, else by the text tables of a process that lives there, which tell no byte times.
final class Namespaces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Namespaces.class);
    /// Rounds until a door that was shut is tried again.
    private static final int PATIENCE = 20;
    /// No right of ours is missing where our own namespace is concerned.
    private static final String REFUSED =
            "netlink sockets are refused to fdsentry, as by a seccomp profile; text tables tell no byte times";

    private final ProcFs procfs;
    private final Netns netns;
    private final Outcome<NetnsId> own;
    private final NetTables tables;
    private final Sightings sightings;
    private final Endpoints endpoints;
    private final Sighting sighting = new Sighting();
    private final Map<Long, Namespace> byKey = new HashMap<>();
    private final BitSet numbers = new BitSet();
    private @Nullable Namespace[] byNumber = new @Nullable Namespace[8];
    private int shutSince = -PATIENCE;

    Namespaces(ProcFs procfs, Sightings sightings, Endpoints endpoints) {
        this.procfs = procfs;
        this.sightings = sightings;
        this.endpoints = endpoints;
        netns = new Netns(procfs.root());
        own = netns.own();
        tables = new NetTables(procfs);
        numbers.set(0);
    }

    /// The namespace a process lives in, needed this round. One that did not run has not left it.
    Outcome<Namespace> of(Watched process, int round) {
        if (process.namespace instanceof Outcome.Seen<Namespace>(Namespace before)
                && CpuClocks.stoodStill(process.cpuAtNamespace, process.cpu)) {
            before.need(round, process.pid(), before.id());
            return process.namespace;
        }
        process.cpuAtNamespace = process.cpu;
        return netns.of(process.pid()).map(id -> {
            Namespace namespace = byKey.computeIfAbsent(id.key(), _ -> make(id));
            namespace.need(round, process.pid(), id);
            return namespace;
        });
    }

    /// Reads the tables of namespaces in which nothing watched lives, through other processes: a socket may have
    /// been made there and handed over.
    ///
    /// @param pids whoever there is
    void readOthers(int[] pids, RoundTime time) {
        for (int pid : pids) {
            NetnsId id = netns.of(pid).orNull();
            if (id != null && !byKey.containsKey(id.key())) {
                Namespace namespace = make(id);
                byKey.put(id.key(), namespace);
                namespace.reach(pid);
                read(namespace, time);
            }
        }
    }

    private Namespace make(NetnsId id) {
        int number = numbers.nextClearBit(1);
        numbers.set(number);
        Namespace namespace = new Namespace(number, id);
        byNumber = number < byNumber.length ? byNumber : Arrays.copyOf(byNumber, number * 2);
        byNumber[number] = namespace;
        return namespace;
    }

    /// All that anything watched has to do with.
    Collection<Namespace> all() {
        return byKey.values();
    }

    /// Whether it is the one this thread lives in.
    boolean isOwn(Namespace namespace) {
        return own.orNull() instanceof NetnsId id && id.key() == namespace.id().key();
    }

    /// Something watched holds a socket of the one with this number.
    void keep(int number, int round) {
        Namespace namespace = numbered(number);
        if (namespace != null) {
            namespace.keep(round);
        }
    }

    /// Whether the one with this number was read this round; also where there is none.
    boolean isReadOrNone(int number, int round) {
        Namespace namespace = numbered(number);
        return namespace == null || namespace.isDumped(round);
    }

    private @Nullable Namespace numbered(int number) {
        return number < byNumber.length ? byNumber[number] : null;
    }

    /// Reads the table of a namespace.
    void read(Namespace namespace, RoundTime time) {
        sightings.enter(namespace);
        endpoints.enter(namespace);
        namespace.open();
        Outcome<Boolean> timed = byNetlink(namespace, time.number());
        Outcome<Boolean> read = timed.isSeen() ? timed : byText(namespace);
        namespace.close(read, timed, time);
    }

    private Outcome<Boolean> byNetlink(Namespace namespace, int round) {
        Outcome<SockDiag> diag = opened(namespace, round);
        Outcome<Boolean> done = diag.flatMap(socket -> byNetlink(namespace, socket));
        if (diag.isSeen() && !done.isSeen()) {
            LOG.atDebug().addKeyValue("netns", namespace.id().label()).log("dump: {}", done);
            namespace.release();
        }
        return done;
    }

    private Outcome<Boolean> byNetlink(Namespace namespace, SockDiag socket) {
        TcpSink tcp = new TcpSink(namespace);
        Outcome<Dump> dumped = socket.dump(SocketTable.TCP, Detail.TIMES, tcp);
        if (tcp.subflows > 0 || namespace.hasMptcp()) {
            MptcpSink mptcp = new MptcpSink();
            Outcome<Dump> above = socket.dump(SocketTable.MPTCP, Detail.TIMES, mptcp);
            namespace.hasMptcp(mptcp.sockets > 0);
            if (above.reason() != null && above.reason() != Reason.UNSUPPORTED) {
                return above.map(_ -> true); // without it the states of subflows would pass for those of descriptors
            }
        }
        return dumped.map(_ -> true);
    }

    private Outcome<SockDiag> opened(Namespace namespace, int round) {
        if (!namespace.diag().isSeen()) {
            namespace.diag(open(namespace, round));
        }
        return namespace.diag();
    }

    private Outcome<SockDiag> open(Namespace namespace, int round) {
        if (!procfs.isReal()) {
            return Outcome.unsupported("not a real procfs");
        }
        if (isOwn(namespace)) {
            Outcome<SockDiag> opened = SockDiag.open();
            return opened instanceof Outcome.Denied ? Outcome.unsupported(REFUSED) : opened;
        }
        return round - shutSince < PATIENCE ? Outcome.denied(Reason.OTHER_NETNS) : enter(namespace, round);
    }

    private Outcome<SockDiag> enter(Namespace namespace, int round) {
        Outcome<SockDiag> entered = Outcome.gone();
        for (int pid : namespace.ways()) {
            entered = netns.open(pid, namespace.id());
            if (entered instanceof Outcome.Denied<SockDiag>(Reason reason)) {
                shutSince = reason == Reason.OTHER_NETNS ? round : shutSince;
                entered = Outcome.denied(Reason.OTHER_NETNS);
            }
            if (!(entered instanceof Outcome.Gone)) {
                return entered;
            }
        }
        return entered;
    }

    private Outcome<Boolean> byText(Namespace namespace) {
        Outcome<Boolean> read = Outcome.gone();
        for (int pid : namespace.ways()) {
            namespace.begin();
            read = tables.read(NetTable.TCP, pid, line -> {
                        namespace.count(line.state());
                        sighting.take(line);
                        sightings.add(sighting);
                        endpoints.offer(line);
                    })
                    .map(_ -> true);
            if (read.isSeen()) {
                return read;
            }
        }
        return read;
    }

    /// The tables read this round.
    List<NetnsSample> samples(int round) {
        List<NetnsSample> samples = new ArrayList<>();
        for (Namespace namespace : byKey.values()) {
            if (namespace.isDumped(round) && namespace.isNeeded(round)) {
                samples.add(namespace.sample());
            }
        }
        return samples;
    }

    /// Lets go of those that nothing needed this round.
    void sweep(int round) {
        byKey.values().removeIf(namespace -> {
            boolean needed = namespace.isNeeded(round);
            if (!needed) {
                namespace.release();
                numbers.clear(namespace.number());
                byNumber[namespace.number()] = null;
            }
            return !needed;
        });
    }

    @Override
    public void close() {
        byKey.values().forEach(Namespace::release);
        byKey.clear();
    }

    private void take(SocketRow row) {
        sighting.take(row);
        sightings.add(sighting);
        endpoints.offer(row);
    }

    /// Takes the rows of the TCP table.
    private final class TcpSink implements SocketSink {
        private final Namespace namespace;
        private int subflows;

        TcpSink(Namespace namespace) {
            this.namespace = namespace;
        }

        @Override
        public void begin() {
            namespace.begin();
            subflows = 0;
        }

        @Override
        public void ahead(int[] inodes, int count) {
            sightings.ahead(inodes, count);
        }

        @Override
        public void socket(SocketRow row) {
            namespace.count(row.state());
            if (row.isSubflow()) {
                subflows++;
            }
            take(row);
        }
    }

    /// Takes the rows of the MPTCP table, which are in the TCP table by their subflows.
    private final class MptcpSink implements SocketSink {
        private int sockets;

        @Override
        public void begin() {
            sockets = 0;
        }

        @Override
        public void socket(SocketRow row) {
            sockets++;
            take(row);
        }
    }
}
