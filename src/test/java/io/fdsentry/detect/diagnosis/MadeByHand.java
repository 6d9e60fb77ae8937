package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Counts;
import io.fdsentry.model.Direction;
import io.fdsentry.model.FdKind;
import io.fdsentry.model.Goroutines;
import io.fdsentry.model.LeakState;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.Resource;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Verdict;
import io.fdsentry.testing.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Figures and connections made by hand, and what they are explained by.
abstract class MadeByHand {
    static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
    static final int DAY = 24 * 60;
    static final Figures BEFORE = figures(20, 30, 2, 4);

    static final String OURS = "10.0.0.1:8080";
    Instant started = AT.minus(Duration.ofDays(30));

    @Nullable
    Goroutines goroutines;

    final List<SocketDetail> sockets = new ArrayList<>();

    void drip(TcpState state, Direction direction, int count, String peer, String timer) {
        for (int i = 1; i <= count; i++) {
            int age = DAY * i / count;
            add(state, direction, direction == Direction.IN ? peer + ":" + (40_000 + i) : peer, age, age, timer);
        }
    }

    /// Clients that came one each minute, asked, and closed.
    ///
    /// @param patience seconds between the request and the close
    /// @param sent bytes they got
    void hang(int count, int patience, long received, long sent) {
        for (int i = 1; i <= count; i++) {
            Instant asked = AT.minus(Duration.ofMinutes(i));
            sockets.add(new SocketDetail(
                    i,
                    Protocol.TCP,
                    TcpState.CLOSE_WAIT,
                    OURS,
                    "10.0.0.9:" + (40_000 + i),
                    Direction.IN,
                    asked,
                    asked.plusSeconds(patience),
                    Duration.between(asked, AT),
                    "off",
                    0,
                    0,
                    null,
                    received,
                    sent,
                    null));
        }
    }

    static Goroutines waiting(String site, String reason, int count) {
        return new Goroutines(
                Goroutines.Source.NATIVE,
                count + 20,
                Map.of(reason, count),
                List.of(new Goroutines.Site(site, "", reason, count, Duration.ofMinutes(12))));
    }

    static Figures goroutines(int count) {
        return new Figures(BEFORE.fds(), BEFORE.kinds(), BEFORE.sockets(), BEFORE.tcp(), BEFORE.threads(), count);
    }

    void atOnce(int count, String peer, int age) {
        for (int i = 0; i < count; i++) {
            add(TcpState.CLOSE_WAIT, Direction.OUT, peer, age, age, "off");
        }
    }

    /// @param age in minutes
    /// @param idle in minutes
    void add(TcpState state, Direction direction, String peer, int age, int idle, String timer) {
        add(state, direction, peer, Duration.ofMinutes(age), Duration.ofMinutes(idle), timer);
    }

    void add(TcpState state, Direction direction, String peer, Duration age, Duration idle, String timer) {
        Instant since = AT.minus(age);
        sockets.add(new SocketDetail(
                sockets.size() + 1,
                Protocol.TCP,
                state,
                direction == Direction.IN ? OURS : "10.0.0.1:" + (30_000 + sockets.size()),
                peer,
                direction,
                since,
                since,
                idle,
                timer,
                0,
                0,
                null));
    }

    Explanation explain(Resource resource, Figures now) {
        return Diagnoses.of(subject(resource, now, Connections.of(AT, sockets)));
    }

    Subject subject(Resource resource, Figures now, @Nullable Connections connections) {
        Verdict verdict = new Verdict(resource, LeakState.CONFIRMED, 121 / 3600.0, 21 * 86_400.0 + 4 * 3600);
        return new Subject(verdict, AT, started, now, BEFORE, connections, goroutines, 65_535L);
    }

    static Figures figures(int files, int established, int closeWait, int threads) {
        Counts<FdKind> kinds = Tally.of(FdKind.class)
                .with(FdKind.REGULAR, files)
                .with(FdKind.SOCKET, established + closeWait)
                .done();
        Counts<TcpState> tcp = Tally.of(TcpState.class)
                .with(TcpState.ESTABLISHED, established)
                .with(TcpState.CLOSE_WAIT, closeWait)
                .done();
        return new Figures(kinds.total(), kinds, established + closeWait, tcp, threads, 40);
    }

    static Figures with(FdKind one, int count, FdKind other, int otherCount, int threads) {
        Counts<FdKind> kinds = Tally.of(FdKind.class)
                .with(FdKind.REGULAR, 20)
                .with(FdKind.SOCKET, 32)
                .with(one, count)
                .with(other, otherCount)
                .done();
        return new Figures(kinds.total(), kinds, 32, BEFORE.tcp(), threads, null);
    }
}
