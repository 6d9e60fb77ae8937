package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.SocketDetail;
import java.io.IOException;
import java.time.Duration;

/// One socket of a process.
final class SocketShape {
    private SocketShape() {}

    static void write(JsonWriter json, SocketDetail socket) throws IOException {
        Fields fields = new Fields(json);
        json.beginObject();
        fields.number("inode", socket.inode());
        fields.text("protocol", socket.protocol().label());
        if (socket.state() != null) {
            fields.text("state", socket.state().label());
        }
        fields.textIfKnown("local", socket.local());
        fields.textIfKnown("peer", socket.peer());
        if (socket.direction() != null) {
            fields.text("direction", socket.direction().label());
        }
        fields.time("first_seen", socket.firstSeen());
        fields.time("state_since", socket.stateSince());
        Duration idle = socket.idle();
        if (idle != null) {
            fields.seconds("idle_seconds", idle);
        }
        fields.textIfKnown("timer", socket.timer());
        fields.number("receive_queue_bytes", socket.receiveQueueBytes());
        fields.number("send_queue_bytes", socket.sendQueueBytes());
        if (socket.stale() != null) {
            fields.text("stale", socket.stale().label());
        }
        json.endObject();
    }
}
