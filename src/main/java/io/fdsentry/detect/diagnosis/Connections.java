package io.fdsentry.detect.diagnosis;

import io.fdsentry.model.Direction;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.TcpState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The connections of a process, put together by peer, direction and state.
public final class Connections {
    private final Instant at;
    private final List<Cohort> cohorts;

    private Connections(Instant at, List<Cohort> cohorts) {
        this.at = at;
        this.cohorts = cohorts;
    }

    private record Key(Direction direction, TcpState state, String peer, String localPort) {}

    /// Of every socket of a process.
    ///
    /// @param at when they were listed
    public static Connections of(Instant at, List<SocketDetail> sockets) {
        Map<Key, Cohort> cohorts = new HashMap<>();
        for (SocketDetail socket : sockets) {
            if (socket.state() == null
                    || socket.direction() == null
                    || socket.peer().isEmpty()) {
                continue;
            }
            Key key = new Key(socket.direction(), socket.state(), peer(socket), localPort(socket));
            cohorts.computeIfAbsent(key, k -> new Cohort(k.direction(), k.state(), k.peer(), k.localPort()))
                    .add(socket, at);
        }
        List<Cohort> sorted = new ArrayList<>(cohorts.values());
        sorted.sort(Comparator.comparingInt(Cohort::count).reversed().thenComparing(cohort -> cohort.peer));
        return new Connections(at, sorted);
    }

    private static String peer(SocketDetail socket) {
        int colon = socket.peer().lastIndexOf(':');
        return socket.direction() == Direction.OUT || colon < 0
                ? socket.peer()
                : socket.peer().substring(0, colon);
    }

    private static String localPort(SocketDetail socket) {
        int colon = socket.local().lastIndexOf(':');
        return socket.direction() == Direction.OUT || colon < 0
                ? ""
                : socket.local().substring(colon + 1);
    }

    /// When they were listed.
    Instant at() {
        return at;
    }

    /// Those in a state and direction, the largest first.
    List<Cohort> in(TcpState state, Direction direction) {
        return cohorts.stream()
                .filter(cohort -> cohort.state == state && cohort.direction == direction)
                .toList();
    }

    /// How many are in a state, in either direction.
    int count(TcpState state) {
        return cohorts.stream()
                .filter(cohort -> cohort.state == state)
                .mapToInt(Cohort::count)
                .sum();
    }

    /// How many connections with that peer are in a state.
    int count(TcpState state, String peer) {
        return cohorts.stream()
                .filter(cohort -> cohort.state == state && cohort.peer.equals(peer))
                .mapToInt(Cohort::count)
                .sum();
    }
}
