package io.fdsentry.cli.inspect;

import io.fdsentry.cli.inspect.Ink.Tone;
import io.fdsentry.logfmt.Printable;
import io.fdsentry.model.Direction;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.Idle;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What looks wrong with a process in a single look, in sentences: what it holds, towards whom, for how long. They
/// convict nobody; that takes the growth that only a daemon sees.
final class Symptoms {
    /// A few are in CLOSE_WAIT for a moment in every server.
    private static final int FEW = 10;

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final double NEAR_LIMIT = 0.8;
    private static final int NAMED_PEERS = 3;

    private final ProcessSample process;
    private final Instant at;
    private final List<Symptom> found = new ArrayList<>();

    private Symptoms(ProcessSample process, Instant at) {
        this.process = process;
        this.at = at;
    }

    /// @param sentence printable
    record Symptom(Tone tone, String sentence) {}

    /// @param at when the process was seen
    static List<Symptom> of(ProcessSample process, Instant at) {
        Symptoms symptoms = new Symptoms(process, at);
        symptoms.limit();
        Sockets sockets = process.sockets().orNull();
        if (sockets != null) {
            symptoms.closeWait(sockets);
            symptoms.closed(sockets);
            symptoms.silent(sockets);
        }
        symptoms.threads();
        symptoms.goroutines();
        return symptoms.found;
    }

    private void limit() {
        Integer open = process.openFds().orNull();
        Long limit = limitOf(process);
        if (open != null && limit != null && open >= NEAR_LIMIT * limit) {
            found.add(new Symptom(Tone.BAD, "fds near their limit: " + Figures.of(open, limit)));
        }
    }

    private static @Nullable Long limitOf(ProcessSample process) {
        FdLimits limits = process.limits().orNull();
        return limits == null ? null : limits.effective();
    }

    private void closeWait(Sockets sockets) {
        int count = sockets.tcp().get(TcpState.CLOSE_WAIT);
        int stale = sockets.stale().get(StaleReason.CLOSE_WAIT);
        if (stale == 0 && count < FEW) {
            return;
        }
        List<PeerSockets> peers = peers(sockets, TcpState.CLOSE_WAIT);
        String blame = "the peer has closed them, this process has not";
        String sentence = peers.size() == 1
                ? "%s CLOSE_WAIT %s%s: %s"
                        .formatted(Figures.count(count), towards(peers.getFirst()), oldest(peers), blame)
                : "%s CLOSE_WAIT%s: %s%s"
                        .formatted(Figures.count(count), oldest(peers), blame, shares(peers, TcpState.CLOSE_WAIT));
        found.add(new Symptom(stale > 0 ? Tone.BAD : Tone.POOR, sentence));
    }

    private void closed(Sockets sockets) {
        int stale = sockets.stale().get(StaleReason.CLOSED);
        if (stale > 0) {
            found.add(new Symptom(
                    Tone.BAD,
                    Figures.count(stale) + " dead sockets held: no protocol table lists them any more, this process"
                            + " has not closed them"));
        }
    }

    private void silent(Sockets sockets) {
        Idle idle = process.idle().orNull();
        if (idle == null) {
            return;
        }
        String peers = shares(peers(sockets, TcpState.ESTABLISHED), TcpState.ESTABLISHED);
        String most = peers.isEmpty() ? "" : "; all ESTABLISHED by peer" + peers;
        if (idle.halfOpen() > 0) {
            found.add(new Symptom(
                    Tone.BAD,
                    Figures.count(idle.halfOpen()) + " half-open connections: ESTABLISHED, silent for long, and no"
                            + " keepalive that could ever end them" + most));
        }
        if (idle.idle() > 0) {
            found.add(new Symptom(
                    Tone.POOR,
                    Figures.count(idle.idle()) + " idle connections: ESTABLISHED, and no byte either way for long"
                            + (idle.halfOpen() > 0 ? "" : most)));
        }
    }

    private void threads() {
        Threads threads = process.threads().orNull();
        if (threads != null && threads.stuck().count() > 0) {
            found.add(new Symptom(
                    Tone.POOR,
                    "%s threads wait in the kernel for something that does not answer, such as a disk or a server of"
                                    .formatted(Figures.count(threads.stuck().count()))
                            + " files; nothing can wake them; the longest for at least "
                            + Figures.age(threads.stuck().atLeast())));
        }
    }

    /// Many wait for something in every healthy program; not for long, and not for a lock.
    private void goroutines() {
        Goroutines goroutines =
                process.goroutines() == null ? null : process.goroutines().orNull();
        if (goroutines == null || goroutines.sites().isEmpty()) {
            return;
        }
        Goroutines.Site site = goroutines.sites().getFirst();
        boolean lock = site.reason().startsWith("sync.Mutex") || site.reason().startsWith("sync.RWMutex");
        if (site.count() >= FEW && (lock || site.blockedAtLeast().compareTo(LONG) >= 0)) {
            found.add(new Symptom(
                    Tone.POOR,
                    "%s goroutines wait at %s (%s), the longest for at least %s"
                            .formatted(
                                    Figures.count(site.count()),
                                    Printable.of(site.function()),
                                    Printable.of(site.reason()),
                                    Figures.age(site.blockedAtLeast()))));
        }
    }

    /// Those with sockets in a state, most first, the nameless rest last.
    static List<PeerSockets> peers(Sockets sockets, TcpState state) {
        return sockets.peers().stream()
                .filter(peer -> peer.states().get(state) > 0)
                .sorted(Comparator.comparing((PeerSockets peer) -> peer.peer().equals(PeerSockets.OTHER))
                        .thenComparing(peer -> -peer.states().get(state)))
                .toList();
    }

    private static String shares(List<PeerSockets> peers, TcpState state) {
        if (peers.isEmpty()) {
            return "";
        }
        int rest = peers.stream()
                .skip(NAMED_PEERS)
                .mapToInt(peer -> peer.states().get(state))
                .sum();
        String named = peers.stream()
                .limit(NAMED_PEERS)
                .map(peer -> Figures.count(peer.states().get(state)) + " " + towards(peer))
                .collect(Collectors.joining(", "));
        return ": " + named + (rest == 0 ? "" : ", " + Figures.count(rest) + " with others");
    }

    private static String towards(PeerSockets peer) {
        if (peer.peer().equals(PeerSockets.OTHER)) {
            return "with others";
        }
        return (peer.direction() == Direction.OUT ? "to " : "from ") + Printable.of(peer.peer());
    }

    private String oldest(List<PeerSockets> peers) {
        return peers.stream()
                .map(peer -> peer.oldest().get(TcpState.CLOSE_WAIT))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .map(since -> ", oldest " + Figures.age(Duration.between(since, at)))
                .orElse("");
    }
}
