package io.fdsentry.sample;

import io.fdsentry.model.ProcessId;
import io.fdsentry.target.TargetProcess;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The watched processes, from the round they are first met to the one in which they are no more.
final class Roster {
    private final Map<ProcessId, Watched> byId = new TreeMap<>();
    private final List<@Nullable Watched> byNumber = new ArrayList<>();
    private final Map<String, Integer> ofTarget = new HashMap<>();

    /// Takes over the processes of a round; who is not among them is forgotten.
    void follow(Collection<TargetProcess> processes) {
        Map<ProcessId, Watched> before = new TreeMap<>(byId);
        byId.clear();
        ofTarget.clear();
        for (TargetProcess process : processes) {
            ofTarget.merge(process.target().name(), 1, Integer::sum);
            Watched known = before.remove(process.id());
            if (known != null) {
                known.follow(process);
            }
            byId.put(process.id(), known == null ? meet(process) : known);
        }
        before.values().forEach(gone -> byNumber.set(gone.number, null));
    }

    private Watched meet(TargetProcess process) {
        int number = byNumber.indexOf(null);
        if (number < 0) {
            number = byNumber.size();
            byNumber.add(null);
        }
        Watched watched = new Watched(number, process);
        byNumber.set(number, watched);
        return watched;
    }

    /// Everyone, ordered by identity.
    Collection<Watched> all() {
        return byId.values();
    }

    /// Whether it is the only process of its target.
    boolean isAlone(Watched process) {
        return ofTarget.getOrDefault(process.process.target().name(), 0) == 1;
    }

    /// The one with a number; null if that is nobody's any more.
    @Nullable
    Watched numbered(int number) {
        return number < byNumber.size() ? byNumber.get(number) : null;
    }
}
