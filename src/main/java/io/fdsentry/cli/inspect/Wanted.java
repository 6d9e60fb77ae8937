package io.fdsentry.cli.inspect;

import com.google.re2j.Pattern;
import io.fdsentry.model.ProcessSample;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which processes a look is to show.
///
/// @param pids these; empty: by name
/// @param name what the whole target name or name of the executable must match; null: any
public record Wanted(Set<Integer> pids, @Nullable Pattern name) {
    public Wanted {
        pids = Set.copyOf(pids);
    }

    boolean accepts(ProcessSample process) {
        if (!pids.isEmpty()) {
            return pids.contains(process.id().pid());
        }
        return name == null || name.matches(process.target()) || name.matches(process.command());
    }

    /// Whether all of them are among these.
    boolean isMetBy(Look look) {
        if (name != null && pids.isEmpty()) {
            return !look.processes().isEmpty();
        }
        return missing(look).isEmpty();
    }

    /// The pids that are not among these.
    Set<Integer> missing(Look look) {
        Set<Integer> missing = new TreeSet<>(pids);
        look.processes().forEach(process -> missing.remove(process.id().pid()));
        return missing;
    }
}
