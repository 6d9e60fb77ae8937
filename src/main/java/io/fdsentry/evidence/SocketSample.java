package io.fdsentry.evidence;

import io.fdsentry.model.EvidenceRecord.Sampled;
import io.fdsentry.model.SocketDetail;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The sockets that are kept of a process: all of them, or a fair share. Stale ones come first, the longest in
/// their state before the others; beyond the bound every n-th in this order is kept, so that young and old,
/// guilty and innocent are there in their proportions, and the oldest for sure.
final class SocketSample {
    static final int MOST = 1000;

    private static final Comparator<SocketDetail> ORDER = Comparator.comparing(
                    (SocketDetail socket) -> socket.stale() == null)
            .thenComparing(SocketDetail::stateSince)
            .thenComparingLong(SocketDetail::inode);

    private SocketSample() {}

    static Sampled<SocketDetail> of(List<SocketDetail> all) {
        List<SocketDetail> ordered = new ArrayList<>(all);
        ordered.sort(ORDER);
        return new Sampled<>(all.size(), thin(ordered, MOST));
    }

    /// Evenly spaced ones of a list, its first among them.
    static <T> List<T> thin(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> kept = new ArrayList<>(most);
        for (int i = 0; i < most; i++) {
            kept.add(all.get((int) ((long) i * all.size() / most)));
        }
        return kept;
    }
}
