package io.fdsentry.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which targets a process descends from, for those with `children: true`. Once known it holds for the life of the
/// process, also when its parent ends and another takes its place.
final class Descent {
    private static final Comparator<Known> BY_START =
            Comparator.comparingLong((Known known) -> known.id().startTicks()).thenComparing(Known::id);

    private final boolean wanted;
    private final Map<Integer, Known> byPid = new HashMap<>();

    Descent(List<Rule> rules) {
        wanted = rules.stream().anyMatch(rule -> rule.target().children());
    }

    /// Parents before their children: nobody starts before his parent.
    List<Known> ancestorsFirst(List<Known> live) {
        if (!wanted) {
            return live;
        }
        byPid.clear();
        live.forEach(known -> byPid.put(known.id().pid(), known));
        List<Known> sorted = new ArrayList<>(live);
        sorted.sort(BY_START);
        return sorted;
    }

    /// Adds what its parent descends from and belongs to, once that is known.
    void trace(Known known) {
        Known parent = wanted ? byPid.get(known.facts().stat().ppid()) : null;
        if (parent == null || BY_START.compare(parent, known) >= 0) {
            return;
        }
        Set<String> lineage = new HashSet<>(parent.lineage);
        if (parent.owner != null && parent.owner.children()) {
            lineage.add(parent.owner.name());
        }
        if (!known.lineage.containsAll(lineage)) {
            lineage.addAll(known.lineage);
            known.lineage = Set.copyOf(lineage);
        }
    }
}
