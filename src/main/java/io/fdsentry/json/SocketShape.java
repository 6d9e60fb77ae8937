package io.fdsentry.json;

import com.google.gson.stream.JsonWriter;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.ProcessId;
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
        fields.numberIfKnown("received_bytes", socket.receivedBytes());
        fields.numberIfKnown("sent_bytes", socket.sentBytes());
        if (socket.otherEnd() != null) {
            json.name("other_end");
            otherEnd(json, socket.otherEnd());
        }
        json.endObject();
    }

    private static void otherEnd(JsonWriter json, OtherEnd end) throws IOException {
        Fields fields = new Fields(json);
        json.beginObject();
        fields.text("state", end.state().label());
        ProcessId process = end.process();
        if (process != null) {
            fields.number("pid", process.pid());
            fields.number("start_ticks", process.startTicks());
        }
        json.endObject();
    }
}
