package io.fdsentry.json;

import io.fdsentry.model.Direction;
import io.fdsentry.model.OtherEnd;
import io.fdsentry.model.ProcessId;
import io.fdsentry.model.Protocol;
import io.fdsentry.model.SocketDetail;
import io.fdsentry.model.StaleReason;
import io.fdsentry.model.TcpState;

/// A socket read back.
final class SocketAnswer {
    private SocketAnswer() {}

    static SocketDetail read(Tree tree) {
        return new SocketDetail(
                tree.big("inode"),
                tree.label("protocol", Protocol.class),
                tree.labelOrNull("state", TcpState.class),
                tree.textOrEmpty("local"),
                tree.textOrEmpty("peer"),
                tree.labelOrNull("direction", Direction.class),
                tree.time("first_seen"),
                tree.time("state_since"),
                tree.has("idle_seconds") ? tree.seconds("idle_seconds") : null,
                tree.textOrEmpty("timer"),
                tree.big("receive_queue_bytes"),
                tree.big("send_queue_bytes"),
                tree.labelOrNull("stale", StaleReason.class),
                tree.has("received_bytes") ? tree.big("received_bytes") : null,
                tree.has("sent_bytes") ? tree.big("sent_bytes") : null,
                tree.has("other_end") ? otherEnd(tree.object("other_end")) : null);
    }

    private static OtherEnd otherEnd(Tree tree) {
        ProcessId process = tree.has("pid") ? new ProcessId(tree.number("pid"), tree.big("start_ticks")) : null;
        return new OtherEnd(process, tree.label("state", TcpState.class));
    }
}
