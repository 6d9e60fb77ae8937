package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.Age;
import io.fdsentry.model.Counts;
import io.fdsentry.model.FdKinds;
import io.fdsentry.model.FdLimits;
import io.fdsentry.model.Idle;
import io.fdsentry.model.PeerSockets;
import io.fdsentry.model.ProcessSample;
import io.fdsentry.model.Sockets;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;
import io.fdsentry.model.Threads;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was counted of one process.
final class CountsShape {
    private CountsShape() {}

    static void members(JsonWriter json, Instant at, ProcessSample process) throws IOException {
        fds(json, process);
        Sockets sockets = process.sockets().orNull();
        Idle idle = process.idle().orNull();
        if (sockets != null) {
            sockets(json, at, sockets);
        }
        stale(json, sockets, idle);
        if (idle != null) {
            new Fields(json).counts("idle_at_least", idle.atLeast());
        }
        Threads threads = process.threads().orNull();
        if (threads != null) {
            ThreadShape.members(json, threads);
        }
    }

    private static void fds(JsonWriter json, ProcessSample process) throws IOException {
        Fields fields = new Fields(json);
        json.name("fds").beginObject();
        Integer open = process.openFds().orNull();
        if (open != null) {
            fields.number("open", open);
        }
        FdLimits limits = process.limits().orNull();
        if (limits != null) {
            fields.limit("soft", limits.soft());
            fields.limit("hard", limits.hard());
            fields.limit("effective", limits.effective());
        }
        FdKinds kinds = process.fdKinds().orNull();
        if (kinds != null) {
            fields.counts("kinds", kinds.kinds());
            fields.number("deleted", kinds.deleted());
        }
        json.endObject();
    }

    private static void sockets(JsonWriter json, Instant at, Sockets sockets) throws IOException {
        Fields fields = new Fields(json);
        fields.counts("sockets", sockets.protocols());
        json.name("tcp").beginObject();
        for (TcpState state : TcpState.values()) {
            if (state.hasDescriptor()) {
                fields.number(state.label(), sockets.tcp().get(state));
            }
        }
        json.endObject();
        json.name("tcp_older").beginObject();
        for (Map.Entry<TcpState, Counts<Age>> older : new TreeMap<>(sockets.older()).entrySet()) {
            fields.counts(older.getKey().label(), older.getValue());
        }
        json.endObject();
        fields.counts("first_seen", sockets.firstSeen());
        fields.number("without_keepalive", sockets.withoutKeepalive());
        json.name("queue_bytes").beginObject();
        fields.number("recv", sockets.receiveQueueBytes());
        fields.number("send", sockets.sendQueueBytes());
        json.endObject();
        json.name("peers").beginArray();
        for (PeerSockets peer : sockets.peers()) {
            peer(json, at, peer);
        }
        json.endArray();
    }

    /// One object for each state a peer's sockets are in.
    private static void peer(JsonWriter json, Instant at, PeerSockets peer) throws IOException {
        Fields fields = new Fields(json);
        for (TcpState state : peer.states().keys()) {
            if (peer.states().get(state) > 0) {
                json.beginObject();
                fields.text("peer", peer.peer());
                fields.text("direction", peer.direction().label());
                fields.text("state", state.label());
                fields.number("count", peer.states().get(state));
                Instant oldest = peer.oldest().get(state);
                if (oldest != null) {
                    fields.seconds("oldest_seconds", Duration.between(oldest, at));
                }
                json.endObject();
            }
        }
    }

    private static void stale(JsonWriter json, @Nullable Sockets sockets, @Nullable Idle idle) throws IOException {
        if (sockets == null && idle == null) {
            return;
        }
        Fields fields = new Fields(json);
        json.name("stale").beginObject();
        if (sockets != null) {
            fields.number("close_wait", sockets.stale().get(StaleReason.CLOSE_WAIT));
            fields.number("closed", sockets.stale().get(StaleReason.CLOSED));
        }
        if (idle != null) {
            fields.number("half_open", idle.halfOpen());
            fields.number("idle", idle.idle());
        }
        json.endObject();
    }
}
